package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Accumulation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each criterion that needs no second derivative, against what defines it. */
class FirstOrderTest {
  private final Network network = SmallNetworks.connected(12, 10, 8, 5);
  private final Batch first = SmallNetworks.batch(network, 1, 20);
  private final Batch second = SmallNetworks.batch(network, 2, 20);
  private final Connections connections = Connections.of(network, first);

  private Connections on(Batch... batches) {
    return Connections.of(network, Biases.EXCLUDED, List.of(batches), new Seed(5));
  }

  @Test
  void magnitudeKeepsExactlyTheLargestWeights() {
    Masks masks = Pruner.of(new Magnitude()).prune(on(), 0.8);
    float smallestKept = Float.POSITIVE_INFINITY;
    float largestPruned = 0;
    for (Map.Entry<String, Mask> entry : masks.byName().entrySet()) {
      float[] w = network.parameter(entry.getKey()).value().toArray();
      for (int j = 0; j < w.length; j++) {
        if (entry.getValue().keeps(j)) {
          smallestKept = Math.min(smallestKept, Math.abs(w[j]));
        } else {
          largestPruned = Math.max(largestPruned, Math.abs(w[j]));
        }
      }
    }
    assertThat(masks.kept()).isEqualTo(48);
    assertThat(smallestKept).isGreaterThan(largestPruned);
  }

  @Test
  void randomScoresAreAFunctionOfTheSeedAlone() {
    Scores scores = new RandomScores().score(on());
    float[] s = scores.of("fc1.weight").toArray();
    assertThat(new RandomScores().score(on(first)).of("fc1.weight").toArray()).isEqualTo(s);
    Connections other = Connections.of(network, Biases.EXCLUDED, List.of(), new Seed(6));
    assertThat(new RandomScores().score(other).of("fc1.weight").toArray()).isNotEqualTo(s);
    Seed own = new Seed(5).child("random scores").child("fc1.weight");
    double ratio = (1 - own.uniform(7)) / (1 - own.uniform(70));
    assertThat((double) s[7] / s[70]).isCloseTo(ratio, within(1e-5 * ratio));
    assertThat(scores.zeros()).isZero();
  }

  @Test
  void sensitivitiesOfSeveralBatchesAreAddedUpWithTheirSigns() {
    Map<String, Tensor> sum = Accumulation.SUM.over(on(first, second), Pass.Mode.EVALUATE);
    Batch both = SmallNetworks.joined(first, second);
    ConnectionSensitivity.of(network, both, Biases.EXCLUDED)
        .forEach(
            (name, g) -> {
              float[] added = Objects.requireNonNull(sum.get(name)).toArray();
              for (int j = 0; j < added.length; j++) {
                assertThat(added[j]).isCloseTo(2 * g.at(j), within(1e-6f));
              }
            });
  }

  /** The first batch has 20 examples, the other 5: each of the 25 counts alike. */
  @Test
  void examplesOfBatchesOfDifferentSizesCountAlike() {
    Batch few = SmallNetworks.batch(network, 9, 5);
    Batch all = SmallNetworks.joined(first, few);
    for (Criterion criterion :
        List.<Criterion>of(
            ConnectionSensitivity::score,
            new UnitRelevance(),
            new BrainDamage(),
            new GradientFlow(1, Pass.Mode.EVALUATE))) {
      Scores together = criterion.score(on(all));
      Scores apart = criterion.score(on(first, few));
      for (String name : together.names()) {
        Tensor expected = together.of(name);
        Tensor actual = apart.of(name);
        for (int j = 0; j < expected.size(); j++) {
          assertThat(actual.at(j)).as(name).isCloseTo(expected.at(j), within(1e-5f));
        }
      }
    }
  }

  @Test
  void theMovingAverageForgetsEarlierBatches() {
    Map<String, Tensor> average =
        Accumulation.movingAverage(0.8).over(on(first, second), Pass.Mode.EVALUATE);
    float a = sensitivity(first, 17);
    float b = sensitivity(second, 17);
    assertThat(Objects.requireNonNull(average.get("fc1.weight")).at(17))
        .isCloseTo(0.8f * a + 0.2f * b, within(1e-7f));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accumulation.movingAverage(1))
        .withMessage("moving average: decay 1.0: expected a number from 0 up to, not including, 1");
  }

  private float sensitivity(Batch batch, int j) {
    Map<String, Tensor> g = ConnectionSensitivity.of(network, batch, Biases.EXCLUDED);
    return Objects.requireNonNull(g.get("fc1.weight")).at(j);
  }

  @Test
  void batchNormsScoreInEvaluationModeUnlessAskedAndForgetTheBatch() {
    Network residual = SmallNetworks.residual();
    Connections some = Connections.of(residual, SmallNetworks.batch(residual, 4, 16));
    Map<String, Tensor> before = residual.snapshot().values();
    float[] train =
        ConnectionSensitivity.criterion(Accumulation.SUM, Pass.Mode.TRAIN)
            .score(some)
            .of("conv1.weight")
            .toArray();
    before.forEach(
        (name, value) ->
            assertThat(Objects.requireNonNull(residual.state().get(name)).toArray())
                .isEqualTo(value.toArray()));
    float[] evaluation = ConnectionSensitivity.score(some).of("conv1.weight").toArray();
    assertThat(train).isNotEqualTo(evaluation);
  }

  @Test
  void theRelevanceOfAUnitIsTheDerivativeByAGateOnWhatItSends() {
    Scores scores = new UnitRelevance().score(on(first));
    float[] relevance = new float[10];
    float h = 1f / 64;
    for (int unit = 0; unit < relevance.length; unit++) {
      relevance[unit] = Math.abs(lossWithGate(unit, 1 + h) - lossWithGate(unit, 1 - h)) / (2 * h);
    }
    Tensor s = scores.of("fc2.weight");
    float total = s.get(0, 3) / relevance[3];
    for (int unit = 0; unit < relevance.length; unit++) {
      for (int to = 0; to < 8; to++) {
        assertThat(s.get(to, unit)).isCloseTo(total * relevance[unit], within(2e-4f));
        assertThat(s.get(to, unit)).isEqualTo(s.get(0, unit));
      }
    }
    Scores convolutional = new UnitRelevance().score(connectionsOfResidual());
    Tensor filters = convolutional.of("conv1.weight");
    assertThat(filters.get(0, 0, 0, 0)).isEqualTo(filters.get(5, 0, 2, 2));
    assertThat(filters.get(0, 0, 0, 0)).isNotEqualTo(filters.get(0, 1, 0, 0));
  }

  private static Connections connectionsOfResidual() {
    Network residual = SmallNetworks.residual();
    return Connections.of(residual, SmallNetworks.batch(residual, 4, 16));
  }

  private float lossWithGate(int unit, float gate) {
    Tensor w = network.parameter("fc2.weight").value();
    float[] before = w.toArray();
    for (int to = 0; to < 8; to++) {
      w.set(before[to * 10 + unit] * gate, to, unit);
    }
    float loss = network.loss(first, Pass.evaluation()).value().item();
    System.arraycopy(before, 0, w.data(), w.offset(), before.length);
    return loss;
  }

  @Test
  void forceIsConnectionSensitivityAtThePrunedPointAndLetsConnectionsReturn() {
    Map<Integer, Masks> rounds = new LinkedHashMap<>();
    Pruner force =
        Pruner.of(ConnectionSensitivity::score)
            .with((scores, kappa) -> remember(rounds, Masks.keepTop(scores, kappa)))
            .in(8)
            .reviving();
    assertThat(force.prune(connections, 0.9).kept()).isEqualTo(26);
    assertThat(returned(rounds)).isPositive();

    rounds.clear();
    Pruner iterative =
        Pruner.of(ConnectionSensitivity::score)
            .with((scores, kappa) -> remember(rounds, Masks.keepTop(scores, kappa)))
            .in(8);
    Masks last = iterative.prune(connections, 0.9);
    assertThat(last.kept()).isEqualTo(26);
    assertThat(returned(rounds)).isZero();
    assertThat(rounds.keySet()).containsExactly(197, 147, 110, 83, 62, 46, 35, 26);
    assertThat(last.of("fc1.weight").toArray())
        .isNotEqualTo(
            Masks.keepTop(ConnectionSensitivity.score(connections), 26).of("fc1.weight").toArray());
  }

  private static Masks remember(Map<Integer, Masks> rounds, Masks masks) {
    rounds.put(masks.kept(), masks);
    return masks;
  }

  private static int returned(Map<Integer, Masks> rounds) {
    int returned = 0;
    Masks before = null;
    for (Masks now : rounds.values()) {
      for (String name : now.byName().keySet()) {
        for (int j : now.of(name).keptPositions()) {
          returned += before != null && !before.of(name).keeps(j) ? 1 : 0;
        }
      }
      before = now;
    }
    return returned;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 0.97})
  void everyCriterionKeepsExactlyKappaTheSameEachTime(double sparsity) {
    for (Pruner pruner :
        List.of(
            Pruner.of(ConnectionSensitivity::score),
            Pruner.of(new RandomScores()),
            Pruner.of(new Magnitude()),
            Pruner.of(new GradientFlow()),
            Pruner.of(new SynapticFlow()).in(20),
            Pruner.of(ConnectionSensitivity::score).in(5),
            Pruner.of(ConnectionSensitivity::score).in(5).reviving(),
            Pruner.of(new UnitRelevance()),
            Pruner.of(new BrainDamage()),
            Pruner.of(new Magnitude().inverted()))) {
      Masks masks = pruner.prune(connections, sparsity);
      assertThat(masks.kept()).isEqualTo((int) Math.round(263 * (1 - sparsity)));
      Masks again = pruner.prune(connections, sparsity);
      masks
          .byName()
          .forEach(
              (name, mask) ->
                  assertThat(Arrays.equals(mask.toArray(), again.of(name).toArray())).isTrue());
    }
  }

  @Test
  void aCriterionThatNeedsDataSaysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionSensitivity.score(on()))
        .withMessage("this criterion needs data: expected a batch to score on");
  }
}
