package io.github.snip4j.snip.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import io.github.snip4j.snip.criterion.Magnitude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainTest {
  private static final Seed SEED = new Seed(4);
  private static final Sgd SGD = new Sgd(0.9, false, 5e-4);

  private static Network network(String name) {
    return Objects.requireNonNull(Models.named(name)).create(VarianceScaling.glorot(), SEED);
  }

  private static BatchSource always(Batch batch) {
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        return batch;
      }

      @Override
      public int batchesPerEpoch() {
        return 1;
      }
    };
  }

  private static void train(Network network, Batch batch, int steps, Callback... callbacks) {
    Optimizer optimizer = new Optimizer(SGD, network);
    Trainer.fit(network, always(batch), optimizer, Schedule.constant(0.05), steps, SEED, callbacks);
  }

  private static int kept(Network network) {
    return network.parameters().stream()
        .filter(p -> p.role().isConnection())
        .mapToInt(p -> p.value().size())
        .sum();
  }

  @Test
  void levelsAreThoseOfTheirPapers() {
    assertThat(Levels.GEOMETRIC.at(0.5, 0.96)).isCloseTo(0.8, within(1e-12)); // 1 - √0.04
    assertThat(Levels.CUBIC.at(0.5, 0.96)).isCloseTo(0.84, within(1e-12)); // 0.96 · 7/8
    for (Levels levels : Levels.values()) {
      assertThat(levels.at(0, 0.9)).isZero();
      assertThat(levels.at(1, 0.9)).isEqualTo(0.9);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> levels.at(0.5, 1))
          .withMessageContaining("a sparsity in [0, 1)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5-caffe-relu", "lstm-s"})
  void roundsOnlyLoseConnectionsAndKeepTheirCounts(String name) {
    Network network = network(name);
    Batch batch = SmallNetworks.batch(network, 5, 10);
    PruningRounds rounds =
        new PruningRounds(
            Pruner.of(ConnectionSensitivity::score), Biases.SCORED, Levels.GEOMETRIC, 3, 0.97);
    int m = network.connections();
    List<Integer> counts = new ArrayList<>();
    Map<String, Mask> before = new LinkedHashMap<>();
    rounds.run(
        network,
        List.of(batch),
        SEED,
        (next, round) -> {
          assertThat(next).isSameAs(network);
          counts.add(kept(network));
          network
              .masks()
              .forEach(
                  (key, mask) -> {
                    Mask had = before.get(key);
                    for (int position : mask.keptPositions()) {
                      assertThat(had == null || had.keeps(position)).isTrue();
                    }
                    before.put(key, mask);
                  });
          train(network, batch, 3);
        });
    for (int round = 1; round <= 3; round++) {
      assertThat(counts.get(round - 1))
          .isEqualTo((int) Math.round(m * (1.0 - rounds.sparsityAfter(round))));
    }
    String weight = name.equals("lstm-s") ? "lstm.weight" : "fc1.weight";
    Parameter largest = network.parameter(weight);
    assertThat(Storage.of(largest.structure())).isEqualTo(Storage.SPARSE);
  }

  /** Half pruned a weight is computed dense, nearly empty sparse: chosen again at each level. */
  @Test
  void kernelsAreChosenAgainAtEachLevel() {
    Network network = network("lenet-300-100");
    PruningRounds rounds =
        new PruningRounds(
            Pruner.of(new Magnitude()).with(Allocation.uniform()),
            Biases.SCORED,
            Levels.GEOMETRIC,
            8,
            0.99);
    List<Storage> stored = new ArrayList<>();
    rounds.run(
        network,
        List.of(),
        SEED,
        (next, round) -> stored.add(Storage.of(network.parameter("fc1.weight").structure())));
    assertThat(stored.get(0)).isEqualTo(Storage.DENSE);
    assertThat(stored.get(7)).isEqualTo(Storage.SPARSE);
  }

  @Test
  void rewindingBringsValuesBackAndKeepsWhatIsPruned() {
    Network network = SmallNetworks.residual();
    Batch batch = SmallNetworks.batch(network, 4, 8);
    Rewinding start = Rewinding.to(network);
    Network copy = network.on(Parameter::copy);
    train(network, batch, 5);
    Masks masks = Pruner.of(new Magnitude()).prune(Connections.of(network, batch), 0.6);
    network.restructure(masks.byName());
    start.apply(network);
    for (Parameter p : network.parameters()) {
      Tensor then = copy.parameter(p.name()).value();
      assertThat(p.value().toArray()).isEqualTo(p.structure().gather(then).toArray());
    }
    copy.state()
        .forEach(
            (name, value) -> {
              if (name.contains("running")) {
                assertThat(Objects.requireNonNull(network.state().get(name)).toArray())
                    .isEqualTo(value.toArray());
              }
            });
    assertThat(network.masks().keySet()).containsAll(masks.byName().keySet());
  }

  /** Gradual pruning is pruning by hand between two trainings, the optimiser's state going on. */
  @Test
  void gradualPruningFollowsItsRamp() {
    Network network = network("lenet-300-100");
    Batch batch = SmallNetworks.batch(network, 5, 10);
    GradualPruning pruning =
        new GradualPruning(
            network,
            Pruner.of(new Magnitude()),
            Biases.SCORED,
            List.of(),
            SEED,
            new GradualPruning.Ramp(Levels.CUBIC, 0.9, 4, 2, 13));
    train(network, batch, 15, pruning);
    assertThat(pruning.levels())
        .extracting(GradualPruning.Level::step)
        .containsExactly(6L, 10L, 13L);
    int m = network.connections();
    for (GradualPruning.Level level : pruning.levels()) {
      double t = (level.step() - 2) / 11.0;
      assertThat(level.sparsity()).isCloseTo(0.9 * (1 - Math.pow(1 - t, 3)), within(1e-12));
      assertThat(level.kept()).isEqualTo((int) Math.round(m * (1.0 - level.sparsity())));
    }
    assertThat(kept(network)).isEqualTo(26_661); // of 266,610
  }

  @Test
  void thresholdsRiseAsTheAuthorsSay() {
    ThresholdRamp.Steps steps = new ThresholdRamp.Steps(2, 4, 8, 12);
    double theta = 0.01;
    assertThat(ThresholdRamp.threshold(theta, steps, 6)).isCloseTo(0.015, within(1e-12));
    assertThat(ThresholdRamp.threshold(theta, steps, 8)).isCloseTo(0.025, within(1e-12));
    assertThat(ThresholdRamp.threshold(theta, steps, 12)) // (5 θ + 1.5 θ · 5) / 2
        .isCloseTo(0.0625, within(1e-12));

    Network network = network("lstm-s");
    Batch batch = SmallNetworks.batch(network, 5, 4);
    String lstm = "lstm.weight";
    ThresholdRamp ramp = new ThresholdRamp(network, Map.of(lstm, theta), steps);
    train(network, batch, 12, ramp);
    Parameter p = network.parameter(lstm);
    assertThat(p.isPruned()).isTrue();
    assertThat(network.parameter("fc1.weight").isPruned()).isFalse();
    float least = Float.MAX_VALUE;
    for (float w : p.value().toArray()) {
      least = Math.min(least, Math.abs(w));
    }
    assertThat((double) least).isGreaterThanOrEqualTo(0.0625);

    Map<String, Double> slopes =
        ThresholdRamp.slope(network, any -> any.name().equals("fc1.weight"), 0.5, steps);
    float[] magnitudes = network.parameter("fc1.weight").value().toArray();
    long below = 0;
    double q = Objects.requireNonNull(slopes.get("fc1.weight")) * (2.0 * 4 + 3.0 * 4) / (2 * 2);
    for (float w : magnitudes) {
      below += Math.abs(w) < q ? 1 : 0;
    }
    assertThat((double) below / magnitudes.length).isCloseTo(0.5, within(0.01));
  }

  /** Karnin's sum, beside one kept by hand. */
  @Test
  void sensitivityAccumulatesOverATraining() {
    Network network = SmallNetworks.connected(6, 5, 3);
    Batch batch = SmallNetworks.batch(network, 5, 12);
    Parameter p = network.parameter("fc1.weight");
    double[] sum = new double[p.size()];
    float[] start = p.value().toArray();
    float[] last = start.clone();
    TrainingSensitivity sensitivity = new TrainingSensitivity(network);
    Callback byHand =
        new Callback() {
          @Override
          public void afterStep(Step step) {}

          @Override
          public void afterUpdate(long number, Pass pass, Gradients gradients) {
            Tensor g = gradients.of(pass.values(p));
            for (int i = 0; i < sum.length; i++) {
              sum[i] -= (double) g.at(i) * ((double) p.value().at(i) - last[i]);
              last[i] = p.value().at(i);
            }
          }
        };
    train(network, batch, 7, sensitivity, byHand);
    Scores scores = ((Criterion) sensitivity).score(Connections.of(network, batch));
    double all = 0;
    double largest = 0;
    for (int i = 0; i < sum.length; i++) {
      double s = Math.abs(sum[i] * last[i] / ((double) last[i] - start[i]));
      all = Math.max(all, s);
      largest = Math.max(largest, scores.of("fc1.weight").at(i));
    }
    for (int i = 0; i < sum.length; i++) {
      double s = Math.abs(sum[i] * last[i] / ((double) last[i] - start[i]));
      assertThat(scores.of("fc1.weight").at(i) / largest).isCloseTo(s / all, within(1e-5));
    }
    assertThat(Pruner.of(sensitivity).prune(Connections.of(network, batch), 0.5).kept())
        .isEqualTo((int) Math.round(network.connections() * 0.5));
    network.restructure(Pruner.of(sensitivity).prune(Connections.of(network, batch), 0.5).byName());
    assertThatIllegalStateException()
        .isThrownBy(() -> train(network, batch, 1, sensitivity))
        .withMessageContaining("have changed since it began");
  }
}
