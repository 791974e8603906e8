package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class DynamicNetworkSurgeryTest {
  private static final Seed SEED = new Seed(5);
  private static final Surgery ALWAYS = new Surgery(1, 0, 1, 3);

  private static Parameter weight(float... values) {
    Shape shape = Shape.of(1, values.length);
    return new Parameter("fc.weight", Parameter.Role.WEIGHT, Tensor.of(shape, values));
  }

  private static Parameter bias(float value) {
    return new Parameter("fc.bias", Parameter.Role.BIAS, Tensor.of(Shape.of(1), value));
  }

  /** |w| without zeros is 1, 1, 3, 3: mean 2, deviation 1, so a = 2.7 and b = 3.3 for c = 1. */
  private static SplicedLayer layer(Parameter weight, Parameter bias) {
    return new SplicedLayer(List.of(weight, bias), ALWAYS);
  }

  @Test
  void thresholdsComeFromWeightsAndBiasesThatAreNotZero() {
    SplicedLayer layer = layer(weight(1, -1, 0, 3), bias(-3));
    assertThat(layer.off()).isEqualTo(2.7f);
    assertThat(layer.on()).isCloseTo(3.3f, within(1e-6f));
  }

  @Test
  void aThresholdBelowZeroPrunesNothing() {
    Parameter w = weight(1, -1, 0.5f, 3);
    Parameter b = bias(3);
    SplicedLayer layer = new SplicedLayer(List.of(w, b), ALWAYS.withC(-9));
    layer.maybeRevise(0, SEED);
    assertThat(layer.off()).isZero();
    assertThat(layer.count()).isEqualTo(5);
  }

  @Test
  void weightsAreTakenOffBelowAPutOnAboveBAndLeftAloneBetween() {
    Parameter w = weight(1, -1, 0, 3);
    Parameter b = bias(-3);
    SplicedLayer layer = layer(w, b);

    Small.set(w, 2.7f, -2.6f, 2.71f, -3.5f);
    Small.set(b, 0.1f);
    layer.maybeRevise(0, SEED);
    assertThat(layer.of(w).toArray()).containsExactly(0, 0, 1, 1);
    assertThat(layer.of(b).toArray()).containsExactly(0);

    Small.set(w, 3.29f, -3.31f, 2.9f, -2.8f); // between: off stays off, on stays on
    Small.set(b, -4f);
    layer.maybeRevise(1, SEED);
    assertThat(layer.of(w).toArray()).containsExactly(0, 1, 1, 1);
    assertThat(layer.of(b).toArray()).containsExactly(1);
  }

  @Test
  void nothingIsRevisedOnceTheLastStepIsReached() {
    Parameter w = weight(1, -1, 0, 3);
    SplicedLayer layer = layer(w, bias(-3));
    Small.set(w, 0, 0, 9, 9);
    for (long t = 3; t < 50; t++) {
      layer.maybeRevise(t, SEED);
    }
    assertThat(layer.of(w).toArray()).containsExactly(1, 1, 1, 1);
    layer.maybeRevise(2, SEED);
    assertThat(layer.of(w).toArray()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void aLayerIsRevisedAsOftenAsTheProbabilitySays() {
    Surgery surgery = new Surgery(1, 0.5, 2, 10_000);
    assertThat(surgery.probability(0)).isEqualTo(1);
    assertThat(surgery.probability(2)).isEqualTo(0.25);
    assertThat(surgery.probability(10_000)).isZero();

    Parameter w = weight(1, -1, 0, 3);
    int revised = 0;
    for (int k = 0; k < 4_000; k++) {
      SplicedLayer layer = new SplicedLayer(List.of(w, bias(3)), surgery);
      layer.maybeRevise(2, SEED.child(k));
      revised += layer.count() == 5 ? 0 : 1;
    }
    assertThat(revised).isBetween(900, 1_100);
  }

  /** y = w · x with w ⊙ T = (2, 0), x = (1, 1), target 0: ∂L/∂(w ⊙ T) = 2 y x = (4, 4). */
  @Test
  void weightsThatAreOffMoveByTheGradientOfTheProduct() {
    Network network = SmallNetworks.connected(2, 1).with(Objective.meanSquared());
    Small.set(network.parameter("fc1.weight"), 2, 0.1f);
    BatchSource one =
        Batches.of(Tensor.of(Shape.of(2, 1), 1, 1), Targets.values(Tensor.of(Shape.of(1, 1), 0)))
            .inOrder(1);
    SplicedLayer layer = new SplicedLayer(network.parameters(), new Surgery(0, 0, 1, 9));
    Optimizer optimizer = new Optimizer(new Sgd(0, false, 0), network);
    SplicingSteps steps = new SplicingSteps(network, Map.of("fc1", layer), optimizer, SEED);

    assertThat(steps.take(one.at(0), 0, 0.1)).isCloseTo(4, within(1e-6));
    assertThat(layer.of(network.parameter("fc1.weight")).toArray()).containsExactly(1, 0);
    float[] w = network.parameter("fc1.weight").value().toArray();
    assertThat(w[0]).isCloseTo(1.6f, within(1e-6f));
    assertThat(w[1]).isCloseTo(-0.3f, within(1e-6f));
  }

  @Test
  void letsWeightsGoThatCannotComeBackWithoutAnotherResult() {
    TrainingPlan plan = new TrainingPlan(2, 0.05, 0.9, 1e-4);
    Surgery once = new Surgery(0.2, 1e30, 1, 1);
    Network early = surgery(once, plan);
    Network late = surgery(once.until(1_000), plan);
    for (Parameter p : early.parameters()) {
      Parameter other = late.parameter(p.name());
      assertThat(p.structure().positions()).isEqualTo(other.structure().positions());
      assertThat(p.value().toArray()).containsExactly(other.value().toArray(), within(1e-5f));
    }
    assertThat(Small.kept(early)).isBetween(10, 120);
  }

  private static Network surgery(Surgery surgery, TrainingPlan plan) {
    Rival rival = new DynamicNetworkSurgery(Map.of("fc1", surgery, "fc2", surgery), plan);
    return rival.prune(Small.trained(), Small.points(), 3, RivalListener.NONE);
  }

  @Test
  void theSameSeedGivesTheSameBitsAndLeavesTheNetworkAlone() {
    Network trained = Small.trained();
    String before = Small.bits(trained);
    Surgery surgery = new Surgery(0.3, 0.05, 1, 15);
    Rival rival =
        new DynamicNetworkSurgery(
            Map.of("fc1", surgery, "fc2", surgery), new TrainingPlan(2, 0.05, 0.9, 1e-4));
    List<Long> told = new ArrayList<>();
    Network one = rival.prune(trained, Small.points(), 3, (step, of, loss) -> told.add(step));
    Network two = rival.prune(trained, Small.points(), 3, RivalListener.NONE);
    assertThat(Small.bits(one)).isEqualTo(Small.bits(two));
    assertThat(Small.bits(trained)).isEqualTo(before);
    assertThat(told).hasSize(20).startsWith(1L, 2L).endsWith(20L);
    assertThat(one.masks()).isNotEmpty();
    assertThat(Small.loss(one, Small.points())).isLessThan(0.6);
  }

  @Test
  void refusesWhatItCannotDo() {
    TrainingPlan plan = new TrainingPlan(1, 0.05, 0.9, 1e-4);
    Surgery deep = new Surgery(50, 0, 1, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> surgery(deep, plan))
        .withMessageContaining("DNS: nothing of fc1 is left")
        .withMessageContaining("expected a smaller c");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DynamicNetworkSurgery(Map.of("fc7", deep), plan)
                    .prune(Small.trained(), Small.points(), 1, RivalListener.NONE))
        .withMessage("DNS: surgery of fc7: expected layers among [fc1, fc2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DynamicNetworkSurgery(Map.of(), TrainingPlan.of(0, 0.1)))
        .withMessageContaining("0 epochs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Surgery(Double.NaN, 0, 1, 5))
        .withMessageContaining("c NaN");
  }

  @Test
  void endsAtAStepWhenTheThreadIsInterrupted() {
    RivalListener interrupting =
        (step, of, loss) -> {
          if (step == 2) {
            Thread.currentThread().interrupt();
          }
        };
    try {
      Surgery surgery = new Surgery(0, 0, 1, 15);
      Rival rival =
          new DynamicNetworkSurgery(
              Map.of("fc1", surgery, "fc2", surgery), new TrainingPlan(2, 0.05, 0.9, 1e-4));
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> rival.prune(Small.trained(), Small.points(), 3, interrupting))
          .withMessageContaining("after step 2");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
