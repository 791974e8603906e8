package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.optim.UpdateRule;
import io.github.snip4j.nn.train.Trainer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that change during training. */
class RestructuredTest {
  private static final Seed SEED = new Seed(3);
  private static final UpdateRule SGD = new Sgd(0.9, false, 5e-4);

  static Stream<Arguments> networksAndRules() {
    return Stream.of("lenet-300-100", "lenet-5-caffe", "lstm-s")
        .flatMap(name -> Stream.of(SGD, Adam.adam(5e-4)).map(rule -> Arguments.of(name, rule)));
  }

  /** A network, the mask that SNIP gives it, and another of the same size. */
  private static final class Setting {
    final Network whole;
    final Batch batch;
    final Map<String, Mask> snip;
    final Map<String, Mask> other;

    Setting(String name) {
      whole = Objects.requireNonNull(Models.named(name)).create(VarianceScaling.lecun(), SEED);
      batch = SmallNetworks.batch(whole, 5, 20);
      Scores scores = ConnectionSensitivity.score(whole, batch);
      Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.95));
      snip = masks.byName();
      other = masks.shuffled(SEED).byName();
    }

    void train(Network network, Optimizer optimizer, int steps) {
      Trainer.fit(
          network,
          always(batch),
          optimizer,
          Schedule.constant(0.002),
          optimizer.steps(),
          optimizer.steps() + steps,
          SEED);
    }
  }

  @ParameterizedTest
  @MethodSource("networksAndRules")
  void withTheSameMaskTrainingGoesOnWithTheSameBits(String name, UpdateRule rule) {
    Setting s = new Setting(name);
    Network all = s.whole.restructured(s.snip);
    Optimizer optimizer = new Optimizer(rule, all);
    s.train(all, optimizer, 6);

    Network first = s.whole.restructured(s.snip);
    Optimizer before = new Optimizer(rule, first);
    s.train(first, before, 3);
    Network second = first.restructured(s.snip);
    Optimizer after = before.restructured(second);
    assertThat(after.steps()).isEqualTo(3);
    s.train(second, after, 3);
    assertSame(second.state(), all.state());
    assertSame(after.state(), optimizer.state());
  }

  @ParameterizedTest
  @MethodSource("networksAndRules")
  void toAnotherMaskAndBackWhatIsInBothHasTheSameBitsAndWhatReturnsIsZero(
      String name, UpdateRule rule) {
    Setting s = new Setting(name);
    Network network = s.whole.restructured(s.snip);
    Optimizer optimizer = new Optimizer(rule, network);
    s.train(network, optimizer, 3);
    Network there = network.restructured(s.other);
    Optimizer thereOptimizer = optimizer.restructured(there);
    assertThat(there.masks().values().stream().mapToInt(Mask::kept).sum())
        .isEqualTo(network.masks().values().stream().mapToInt(Mask::kept).sum());
    Network back = there.restructured(s.snip);
    Optimizer backOptimizer = thereOptimizer.restructured(back);
    for (Parameter p : network.parameters()) {
      Mask mine = Objects.requireNonNull(s.snip.get(p.name()));
      Mask others = Objects.requireNonNull(s.other.get(p.name()));
      int[] positions = mine.keptPositions();
      float[] expected = p.value().toArray();
      keepCommon(expected, positions, others);
      assertBits(back.parameter(p.name()).value(), expected);
      for (int k = 0; k < rule.stateArrays(); k++) {
        String state = p.name() + "." + k;
        float[] array = Objects.requireNonNull(optimizer.state().get(state)).toArray();
        keepCommon(array, positions, others);
        assertBits(Objects.requireNonNull(backOptimizer.state().get(state)), array);
      }
    }
    s.train(back, backOptimizer, 2);
  }

  private static void keepCommon(float[] values, int[] positions, Mask others) {
    for (int k = 0; k < values.length; k++) {
      values[k] = others.keeps(positions[k]) ? values[k] : 0f;
    }
  }

  @Test
  void newConnectionsBeginWithWhatIsGivenAndTheOthersGoOn() {
    Setting s = new Setting("lenet-300-100");
    Network network = s.whole.restructured(s.snip);
    s.train(network, new Optimizer(SGD, network), 3);
    Network there =
        network.on(
            p ->
                p.restructured(
                    Objects.requireNonNull(s.other.get(p.name())),
                    s.whole.parameter(p.name()).value()));
    Parameter fc1 = there.parameter("fc1.weight");
    Mask before = Objects.requireNonNull(s.snip.get("fc1.weight"));
    Tensor drawn = s.whole.parameter("fc1.weight").value();
    Tensor trained = network.parameter("fc1.weight").dense();
    for (int position : fc1.structure().positions()) {
      float expected = before.keeps(position) ? trained.at(position) : drawn.at(position);
      assertThat(fc1.dense().at(position)).isEqualTo(expected);
    }
  }

  /** However its weights are stored before and after. */
  @Test
  void storageChangesWithTheNumberOfConnections() {
    Setting s = new Setting("lenet-300-100");
    Network dense = s.whole.restructured(s.snip, Map.of());
    Network sparse = dense.restructured(s.snip);
    assertThat(sparse.parameter("fc1.weight").structure().getClass())
        .isNotEqualTo(dense.parameter("fc1.weight").structure().getClass());
    assertSame(sparse.state(), dense.state());
    Map<String, Mask> all = new LinkedHashMap<>();
    for (Parameter p : s.whole.parameters()) {
      boolean[] keep = new boolean[p.size()];
      Arrays.fill(keep, true);
      all.put(p.name(), new Mask(p.shape(), keep));
    }
    assertThat(Storage.fasterFor(Objects.requireNonNull(all.get("fc1.weight"))))
        .isEqualTo(Storage.DENSE);
    Network grown = sparse.restructured(all);
    for (Parameter p : grown.parameters()) {
      assertBits(p.dense(), dense.parameter(p.name()).dense().toArray());
    }
  }

  @Test
  void theOptimiserOfAnotherNetworkIsRefused() {
    Setting s = new Setting("lenet-300-100");
    Optimizer optimizer = new Optimizer(SGD, s.whole);
    Network other = new Setting("lstm-s").whole;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.restructured(other))
        .withMessage(
            "optimizer: the network has the parameter fc1.weight[128, 28] where this optimiser"
                + " moves fc1.weight[300, 784]");
    Network smaller =
        Objects.requireNonNull(Models.named("linear")).create(VarianceScaling.lecun(), SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.restructured(smaller))
        .withMessage("optimizer: linear has 2 parameters, not the 6 that this optimiser moves");
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

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (name, value) -> assertBits(value, Objects.requireNonNull(expected.get(name)).toArray()));
  }

  private static void assertBits(Tensor actual, float[] expected) {
    List<Integer> bits = Arrays.stream(toInts(expected)).boxed().toList();
    assertThat(Arrays.stream(toInts(actual.toArray())).boxed().toList()).isEqualTo(bits);
  }

  private static int[] toInts(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
