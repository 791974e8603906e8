package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.OptimizerSnapshot;
import io.github.snip4j.nn.train.BestOnValidation.Best;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two masks of one size, whose values no count can tell apart. */
class SnapshotTest {
  private static final Shape WEIGHT = Shape.of(8, 5);
  private static final Seed SEED = new Seed(4);

  private static final BatchSource BATCHES =
      new BatchSource() {
        @Override
        public Batch at(long step) {
          return new Batch(RandomTensors.normal(step, 5, 6), new int[] {0, 1, 2, 0, 1, 2});
        }

        @Override
        public int batchesPerEpoch() {
          return 2;
        }
      };

  private static Linear linear(String name, int in, int out) {
    return new Linear(name, in, out, VarianceScaling.glorot(), new Seed(1));
  }

  private static Network network() {
    return new Network(
        "small",
        Shape.of(5),
        3,
        new Sequential(
            linear("fc1", 5, 8), new BatchNorm("norm", 8), new Relu(), linear("fc2", 8, 3)));
  }

  /** Every fourth connection, from the first on. */
  private static Map<String, Mask> masks(int first) {
    boolean[] keep = new boolean[WEIGHT.size()];
    for (int i = first; i < keep.length; i += 4) {
      keep[i] = true;
    }
    return Map.of("fc1.weight", new Mask(WEIGHT, keep));
  }

  private static Network pruned(int first, Storage storage) {
    return network().restructured(masks(first), Map.of("fc1.weight", storage));
  }

  private static Optimizer trained(Network network) {
    Optimizer optimizer = new Optimizer(Adam.adam(0), network);
    Trainer.fit(network, BATCHES, optimizer, step -> 0.1, 5, SEED);
    return optimizer;
  }

  private static String numbers(Network network) {
    StringBuilder text = new StringBuilder();
    network.state().forEach((name, t) -> text.append(name).append(Arrays.toString(t.toArray())));
    network.masks().forEach((name, m) -> text.append(Arrays.toString(m.keptPositions())));
    network.structures().forEach((name, s) -> text.append(Storage.of(s)));
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void connectionsComeBackWithTheirValues(Storage storage) {
    Network network = pruned(0, storage);
    trained(network);
    NetworkSnapshot then = network.snapshot();
    String before = numbers(network);

    Network moved = network.restructured(masks(1));
    trained(moved);
    Network back = moved.restored(then);
    assertThat(numbers(back)).isEqualTo(before);
    assertThat(back.logits(BATCHES.at(9).x()).toArray())
        .isEqualTo(network.logits(BATCHES.at(9).x()).toArray());

    back.parameter("fc1.weight").value().set(7, 0);
    trained(back); // in arrays of its own
    assertThat(numbers(moved.restored(then))).isEqualTo(before);
    assertThat(numbers(network().restored(then))).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void connectionsComeBackInPlaceAndTrainingGoesOnWithTheSameBits(Storage storage) {
    Network network = pruned(0, storage);
    Optimizer optimizer = trained(network);
    NetworkSnapshot then = network.snapshot();
    OptimizerSnapshot state = optimizer.snapshot();
    Trainer.fit(network, BATCHES, optimizer, step -> 0.1, 5, 9, SEED);
    String expected = numbers(network);

    network.restructure(masks(1));
    Trainer.fit(network, BATCHES, optimizer, step -> 0.1, 9, 12, SEED);
    network.restore(then);
    optimizer.restore(state);
    Trainer.fit(network, BATCHES, optimizer, step -> 0.1, 5, 9, SEED);
    assertThat(numbers(network)).isEqualTo(expected);
    assertThat(numbers(network.restored(then))).isNotEqualTo(expected); // the snapshot stays
  }

  @Test
  void aSnapshotOfOtherShapesIsRefusedByName() {
    Network network = pruned(0, Storage.SPARSE);
    String before = numbers(network);
    Network other =
        new Network(
            "other", Shape.of(5), 3, new Sequential(linear("fc1", 5, 6), linear("fc2", 6, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.restore(other.snapshot()))
        .withMessage("small: the snapshot has fc1.weight[6, 5]: expected fc1.weight[8, 5]");
    assertThat(numbers(network)).isEqualTo(before);
  }

  /** The other connections are as many, so that the gradient's shape does not tell. */
  @Test
  void gradientsOfOtherConnectionsAreRefusedByName() {
    Network network = pruned(0, Storage.SPARSE);
    Optimizer optimizer = trained(network);
    Pass pass = Pass.training(SEED);
    Gradients gradients = network.loss(BATCHES.at(1), pass).backward();
    ParameterGradients byName = ParameterGradients.of(network, pass, gradients);
    network.restructure(masks(1));
    String before = numbers(network);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> optimizer.step(pass, gradients, 0.1))
        .withMessage(
            "pass: the gradient of fc1.weight[8, 5] is of other connections than exist now: move"
                + " connections after the optimiser's step, or take a new Pass");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.step(byName, 0.1))
        .withMessage(
            "optimizer: the gradient of fc1.weight[8, 5] is of other connections than exist now:"
                + " move connections after the step, or compute it again");
    assertThat(numbers(network)).isEqualTo(before);
    Pass next = Pass.training(SEED);
    Gradients fresh = network.loss(BATCHES.at(1), next).backward();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> byName.plus(ParameterGradients.of(network, next, fresh)))
        .withMessage("gradients of fc1.weight are of other connections: expected the same");
  }

  @Test
  void theSameConnectionsMayBeStoredOtherwise() {
    Network sparse = pruned(2, Storage.SPARSE);
    trained(sparse);
    Network dense = pruned(2, Storage.DENSE);
    dense.restore(sparse.snapshot());
    assertThat(dense.parameter("fc1.weight").value().toArray())
        .isEqualTo(sparse.parameter("fc1.weight").value().toArray());

    boolean[] all = new boolean[WEIGHT.size()];
    Arrays.fill(all, true);
    Network every = network().restructured(Map.of("fc1.weight", new Mask(WEIGHT, all)));
    Network whole = network();
    trained(every);
    whole.restore(every.snapshot());
    assertThat(whole.parameter("fc1.weight").value().toArray())
        .isEqualTo(every.parameter("fc1.weight").value().toArray());
  }

  @Test
  void theStateOfOtherConnectionsIsRefusedByName() {
    Network network = pruned(0, Storage.SPARSE);
    Optimizer optimizer = trained(network);
    OptimizerSnapshot then = optimizer.snapshot();
    Network moved = network.restructured(masks(1));
    Optimizer after = optimizer.restructured(moved);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> after.restore(then))
        .withMessage(
            "optimizer: the state is of other connections of fc1.weight[8, 5]: expected the 10 that"
                + " exist here; restore the network first");
    assertThat(after.steps()).isEqualTo(5);

    Network back = moved.restored(network.snapshot());
    Optimizer again = new Optimizer(Adam.adam(0), back);
    again.restore(then);
    Trainer.fit(network, BATCHES, optimizer, step -> 0.1, 5, 9, SEED);
    Trainer.fit(back, BATCHES, again, step -> 0.1, 5, 9, SEED);
    assertThat(numbers(back)).isEqualTo(numbers(network));
  }

  @ParameterizedTest
  @EnumSource
  void aCheckpointKnowsTheConnectionsOfTheBest(Storage storage, @TempDir Path folder)
      throws IOException {
    Network best = pruned(0, storage);
    trained(best);
    Network now = best.restructured(masks(1), Map.of("fc1.weight", Storage.SPARSE));
    Optimizer optimizer = trained(now);
    Path file = folder.resolve("checkpoint.npz");
    Evaluation evaluation = Evaluation.of(best, BATCHES);
    Checkpoint.save(file, now, optimizer, new Best(2, evaluation, best.snapshot()), "");

    Checkpoint checkpoint = Checkpoint.load(file);
    Network restored = network().restructured(checkpoint.masks(network()));
    Best found = checkpoint.restore(restored, new Optimizer(Adam.adam(0), restored));
    assertThat(restored.parameter("fc1.weight").dense().toArray())
        .isEqualTo(now.parameter("fc1.weight").dense().toArray());
    assertThat(numbers(restored.restored(found.network()))).isEqualTo(numbers(best));
    assertThat(Evaluation.of(restored.restored(found.network()), BATCHES)).isEqualTo(evaluation);

    Network another = pruned(0, storage); // that of the best, not of the checkpoint's network
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> checkpoint.restore(another, new Optimizer(Adam.adam(0), another)))
        .withMessageContaining("was pruned otherwise than this network: fc1.weight");
  }
}
