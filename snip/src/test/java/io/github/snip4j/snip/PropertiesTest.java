package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Trainer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold for any scores and any network. */
class PropertiesTest {
  private final Seed seed = new Seed(11);
  private final Network network =
      new Network(
          "small",
          Shape.of(12),
          5,
          new Sequential(
              new Linear("fc1", 12, 10, VarianceScaling.lecun(), seed),
              new Relu(),
              new Linear("fc2", 10, 5, VarianceScaling.lecun(), seed)));
  private final Batch batch =
      new Batch(RandomTensors.normal(1, 12, 64), IntStream.range(0, 64).map(i -> i % 5).toArray());

  @Test
  void kappaIsComputedAsTheAuthorsCodeWritesIt() {
    assertThat(Kappa.of(266_610, 0.95)).isEqualTo(13_331);
    assertThat(Kappa.of(266_610, 0.98)).isEqualTo(5_332);
    assertThat(Kappa.of(266_610, 0.90)).isEqualTo(26_661);
    assertThat(Kappa.of(15_245_130, 0.95)).isEqualTo(762_257);
    assertThat(Kappa.of(17_153_610, 0.95)).isEqualTo(857_681);
    assertThat(Kappa.of(103_690, 0.95)).isEqualTo(5_185);
    assertThat(Kappa.of(10, 0)).isEqualTo(10);
    for (double wrong : new double[] {-0.1, 1, 1.5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Kappa.of(10, wrong))
          .withMessageStartingWith("sparsity " + wrong + ": expected a number from 0");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kappa.of(10, 0.99))
        .withMessageContaining("leaves none of 10 connections");
  }

  @Test
  void scoresAddUpToOneAndAreTheMagnitudes() {
    Map<String, Tensor> sensitivities = ConnectionSensitivity.of(network, batch, Biases.SCORED);
    Scores scores = Scores.of(sensitivities);
    double sum = 0;
    for (String name : scores.names()) {
      for (float s : scores.of(name).toArray()) {
        assertThat(s).isBetween(0f, 1f);
        sum += s;
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(scores.zeros()).as("the zero biases").isGreaterThanOrEqualTo(15);
    Tensor g = Objects.requireNonNull(sensitivities.get("fc1.weight"));
    float ratio = scores.of("fc1.weight").get(3, 4) / scores.of("fc1.weight").get(5, 6);
    assertThat(ratio).isCloseTo(Math.abs(g.get(3, 4) / g.get(5, 6)), within(1e-5f * ratio));
  }

  @Test
  void kappaIsExactMasksAreNestedAndKeptScoresAreTheLargest() {
    Scores scores = ConnectionSensitivity.score(network, batch);
    Masks denser = Masks.keepTop(scores, scores.size());
    assertThat(denser.kept()).isEqualTo(scores.size());
    for (int kappa = scores.size(); kappa >= 1; kappa -= 3) {
      Masks masks = Masks.keepTop(scores, kappa);
      assertThat(masks.kept()).isEqualTo(kappa);
      float smallestKept = Float.POSITIVE_INFINITY;
      float largestPruned = Float.NEGATIVE_INFINITY;
      for (String name : scores.names()) {
        Mask mask = masks.of(name);
        for (int j = 0; j < mask.shape().size(); j++) {
          float s = scores.of(name).at(j);
          if (mask.keeps(j)) {
            assertThat(denser.of(name).keeps(j)).isTrue();
            smallestKept = Math.min(smallestKept, s);
          } else {
            largestPruned = Math.max(largestPruned, s);
          }
        }
      }
      assertThat(smallestKept).isGreaterThanOrEqualTo(largestPruned);
      denser = masks;
    }
  }

  @Test
  void ofEqualScoresTheFirstStayAndTheirNumberIsTold() {
    Map<String, Tensor> sensitivities = new LinkedHashMap<>();
    sensitivities.put("b", Tensor.of(Shape.of(4), 2, -1, 1, 0));
    sensitivities.put("a", Tensor.of(Shape.of(3), 1, -3, 1));
    Scores scores = Scores.of(sensitivities);
    Masks masks = Masks.keepTop(scores, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> masks.of("c"))
        .withMessage("masks: no parameter c among [b, a]");
    assertThat(masks.of("b").toArray()).containsExactly(true, true, true, false);
    assertThat(masks.of("a").toArray()).containsExactly(false, true, false);
    assertThat(masks.tiesAtCut()).isEqualTo(4);
    assertThat(Masks.keepTop(scores, 2).tiesAtCut()).isZero();
    assertThat(Masks.keepTop(scores, 6).tiesAtCut()).isZero();
    assertThat(Masks.keepTop(scores, 7).kept()).isEqualTo(7);
    assertThat(scores.zeros()).isEqualTo(1);
  }

  @Test
  void impossibleRequestsAreNamed() {
    Scores scores = ConnectionSensitivity.score(network, batch);
    for (int kappa : new int[] {0, scores.size() + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Masks.keepTop(scores, kappa))
          .withMessage("kappa " + kappa + ": expected 1 to 185 connections");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scores.of(Map.of("w", Tensor.of(Shape.of(2), 1, Float.NaN))))
        .withMessageStartingWith(
            "scores: the sensitivity of w at position 1 is NaN: expected finite");
    assertThatIllegalArgumentException().isThrownBy(() -> Scores.of(Map.of()));
    Scores zeros = Scores.of(Map.of("w", Tensor.zeros(Shape.of(4))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Masks.keepTop(zeros, 2))
        .withMessageStartingWith("all 4 scores are 0: nothing tells the connections apart");
  }

  @Test
  void excludedBiasesAreNeitherCountedNorPruned() {
    Scores scores = Scores.of(ConnectionSensitivity.of(network, batch, Biases.EXCLUDED));
    assertThat(scores.size()).isEqualTo(170);
    assertThat(Masks.keepTop(scores, 17).byName()).containsOnlyKeys("fc1.weight", "fc2.weight");
  }

  @Test
  void scoringDoesNotChangeTheNetwork() {
    float[] before = network.parameter("fc1.weight").value().toArray();
    ConnectionSensitivity.score(network, batch);
    assertThat(network.parameter("fc1.weight").value().toArray()).isEqualTo(before);
  }

  /** Equation 5 against equation 4: the derivative ranks as the true change of the loss does. */
  @Test
  void scoresRankConnectionsAsRemovingThemChangesTheLoss() {
    Scores scores = Scores.of(ConnectionSensitivity.of(network, batch, Biases.EXCLUDED));
    double[] score = new double[scores.size()];
    double[] change = new double[scores.size()];
    double whole = network.loss(batch, Pass.evaluation()).value().item();
    int at = 0;
    for (String name : scores.names()) {
      Parameter parameter = network.parameter(name);
      for (int j = 0; j < parameter.size(); j++) {
        float w = parameter.value().at(j);
        parameter.value().put(j, 0f);
        change[at] = Math.abs(whole - network.loss(batch, Pass.evaluation()).value().item());
        parameter.value().put(j, w);
        score[at++] = scores.of(name).at(j);
      }
    }
    assertThat(rankCorrelation(score, change)).isGreaterThan(0.9);
  }

  @Test
  void prunedWeightsAreExactlyZeroAfterAHundredSteps() {
    Masks masks = Masks.keepTop(ConnectionSensitivity.score(network, batch), 60);
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    BatchSource always =
        new BatchSource() {
          @Override
          public Batch at(long step) {
            return batch;
          }

          @Override
          public int batchesPerEpoch() {
            return 1;
          }
        };
    Map<String, Tensor> start = network.snapshot().values();
    Trainer.fit(sparse, always, optimizer, Schedule.constant(0.1), 100, seed);
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              Tensor w = sparse.parameter(name).dense();
              for (int j = 0; j < w.size(); j++) {
                if (mask.keeps(j)) {
                  assertThat(w.at(j)).isNotEqualTo(Objects.requireNonNull(start.get(name)).at(j));
                } else {
                  assertThat(Float.floatToRawIntBits(w.at(j))).isZero();
                }
              }
            });
  }

  /** Spearman's: the correlation of the ranks. */
  private static double rankCorrelation(double[] a, double[] b) {
    double[] p = ranks(a);
    double[] q = ranks(b);
    double mean = (a.length - 1) / 2.0;
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < a.length; i++) {
      covariance += (p[i] - mean) * (q[i] - mean);
      variance += (p[i] - mean) * (p[i] - mean);
    }
    return covariance / variance;
  }

  private static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (i, j) -> Double.compare(values[i], values[j]));
    double[] ranks = new double[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }
}
