package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rivals that prune a trained network in rounds. */
class CutAndRetrainTest {
  private static final TrainingPlan NOTHING = TrainingPlan.of(0, 0);

  static List<Rival> rivals() {
    TrainingPlan short1 = TrainingPlan.of(1, 0.01);
    return List.of(
        new LearningWeightsAndConnections(0.6, Map.of(), 3, short1),
        new OptimalBrainDamage(0.6, 3, 20, short1),
        new LayerwiseBrainSurgeon(
            0.6, Allocation.global(), WeightUpdate.LEAST_SQUARES, 3, 2, 100, 1e-6, short1));
  }

  @ParameterizedTest
  @MethodSource("rivals")
  void keepsExactlyKappaAndGoesThroughAllEpochs(Rival rival) {
    Network trained = Small.trained();
    String before = Small.bits(trained);
    List<Long> steps = new ArrayList<>();
    List<Long> all = new ArrayList<>();
    RivalListener listener =
        (step, of, loss) -> {
          steps.add(step);
          all.add(of);
          assertThat(loss).isBetween(0.0, 5.0);
        };
    Network pruned = rival.prune(trained, Small.points(), 7, listener);
    assertThat(Small.kept(pruned)).isEqualTo(Kappa.of(trained.connections(), 0.6));
    assertThat(Small.bits(trained)).isEqualTo(before);
    assertThat(steps).isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(i -> (long) i).toList());
    assertThat(all).containsOnly(30L);
    assertThat(Small.loss(pruned, Small.points())).isLessThan(0.6);
    assertThat(rival.startsTrained()).isTrue();
    assertThat(Small.bits(rival.prune(trained, Small.points(), 7, RivalListener.NONE)))
        .isEqualTo(Small.bits(pruned));
  }

  @ParameterizedTest
  @MethodSource("rivals")
  void refusesLayersThatItDoesNotKnow(Rival rival) {
    Network gru =
        Objects.requireNonNull(Models.named("gru-s")).create(VarianceScaling.lecun(), new Seed(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rival.prune(gru, Small.points(), 1, RivalListener.NONE))
        .withMessageStartingWith(rival.name() + ": ")
        .withMessageContaining("neither of a fully connected layer nor of a convolution");
  }

  @ParameterizedTest
  @MethodSource("rivals")
  void prunesConvolutionsAndLeavesBatchNormsAlone(Rival rival) {
    Network network = SmallNetworks.residual();
    BatchSource batches = SmallImages.batches();
    Network pruned = rival.prune(network, batches, 1, RivalListener.NONE);
    int kept = 0;
    for (Parameter p : pruned.parameters()) {
      kept += p.role().isConnection() ? p.value().size() : 0;
      assertThat(p.isPruned() && !p.role().isConnection()).isFalse();
    }
    assertThat(kept).isEqualTo(Kappa.of(network.connections(), 0.6));
  }

  @Test
  void aWeightStaysThatIsAsManyDeviationsLargeAsAnother() {
    Network network = SmallNetworks.connected(9, 7, 5);
    for (Parameter p : network.parameters()) {
      Tensor x = Small.normal(p.shape(), p.name());
      float scale = p.layer().equals("fc1") ? 0.01f : 3f;
      for (int i = 0; i < x.size(); i++) {
        p.value().put(i, scale * x.at(i));
      }
      p.changed();
    }
    Rival rival = new LearningWeightsAndConnections(0.5, Map.of("fc2", 0.8), 1, NOTHING);
    Network pruned = rival.prune(network, Small.points(), 1, RivalListener.NONE);

    assertThat(Small.kept(pruned)).isEqualTo(Kappa.of(network.connections(), 0.5));
    double smallestKept = Double.POSITIVE_INFINITY; // in deviations
    double largestPruned = 0;
    for (Parameter p : network.parameters()) {
      Parameter after = pruned.parameter(p.name());
      if (p.role() == Parameter.Role.BIAS) {
        assertThat(after.value().toArray()).isEqualTo(p.value().toArray());
        continue;
      }
      float[] w = p.value().toArray();
      double mean = IntStream.range(0, w.length).mapToDouble(i -> w[i]).average().orElseThrow();
      double variance =
          IntStream.range(0, w.length)
              .mapToDouble(i -> (w[i] - mean) * (w[i] - mean))
              .average()
              .orElseThrow();
      double unit = Math.sqrt(variance) * (p.layer().equals("fc2") ? 0.8 : 1);
      float[] left = after.dense().toArray();
      for (int i = 0; i < w.length; i++) {
        if (left[i] == 0) {
          largestPruned = Math.max(largestPruned, Math.abs(w[i]) / unit);
        } else {
          assertThat(left[i]).isEqualTo(w[i]);
          smallestKept = Math.min(smallestKept, Math.abs(w[i]) / unit);
        }
      }
    }
    assertThat(smallestKept).isGreaterThan(largestPruned).isBetween(0.3, 1.5);
  }

  @Test
  void learningWeightsAndConnectionsRefusesSettingsWithoutAMeaning() {
    Network trained = Small.trained();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LearningWeightsAndConnections(0.9, Map.of(), 1, NOTHING)
                    .prune(trained, Small.points(), 1, RivalListener.NONE))
        .withMessage(
            "LWC: sparsity 0.9 keeps 16 connections, and 19 are biases, which all stay:"
                + " expected a smaller sparsity");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LearningWeightsAndConnections(0.5, Map.of("fc9", 1.0), 1, NOTHING)
                    .prune(trained, Small.points(), 1, RivalListener.NONE))
        .withMessage("LWC: quality of fc9: expected layers among [fc1, fc2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningWeightsAndConnections(0.5, Map.of("fc1", 0.0), 1, NOTHING))
        .withMessageContaining("quality 0.0 of fc1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningWeightsAndConnections(1.0))
        .withMessageContaining("sparsity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OptimalBrainDamage(0.5, 0, 9, NOTHING))
        .withMessage("rounds: 0: expected 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OptimalBrainDamage(0.5, 1, 0, NOTHING))
        .withMessage("OBD: 0 examples: expected 1 or more");
  }

  /** Of a linear model with squared error h_jj is 2 / K times the mean of x_j²; K outputs. */
  @Test
  void optimalBrainDamageKeepsWhatTheLossGrowsMostWithout() {
    Network network = SmallNetworks.connected(5, 4).with(Objective.meanSquared());
    BatchSource data = Small.regression(5, 4, 50);
    Rival rival = new OptimalBrainDamage(0.5, 1, 50, NOTHING);
    Network pruned = rival.prune(network, data, 1, RivalListener.NONE);

    Tensor x = data.at(0).x();
    Tensor w = network.parameter("fc1.weight").value();
    Map<Integer, Double> saliency = new LinkedHashMap<>();
    for (int j = 0; j < w.size(); j++) {
      double squares = 0;
      for (int n = 0; n < 50; n++) {
        squares += x.at(j % 5 * 50 + n) * x.at(j % 5 * 50 + n);
      }
      saliency.put(j, squares * w.at(j) * w.at(j));
    }
    int kappa = Kappa.of(24, 0.5);
    int[] expected =
        saliency.entrySet().stream()
            .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
            .limit(kappa)
            .mapToInt(Map.Entry::getKey)
            .sorted()
            .toArray();
    assertThat(pruned.parameter("fc1.weight").structure().positions()).isEqualTo(expected);
    assertThat(pruned.parameter("fc1.bias").value().size()).isZero(); // they are 0
  }
}
