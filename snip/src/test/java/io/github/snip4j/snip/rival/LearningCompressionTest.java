package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.SmallNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LearningCompressionTest {
  private static Parameter parameter(String name, float... values) {
    return new Parameter(
        name, Parameter.Role.WEIGHT, Tensor.of(Shape.of(1, values.length), values));
  }

  private static void set(Parameter p, float... values) {
    p.value().copyFrom(Tensor.of(p.shape(), values));
  }

  private static float[] of(Map<String, Tensor> byName, String name) {
    return Objects.requireNonNull(byName.get(name)).toArray();
  }

  @Test
  void theStepsOfACraftedCaseAreThoseOfTheFormulas() {
    Parameter a = parameter("a", 3, -1, 0.5f);
    Parameter b = parameter("b", 0.25f, 2);
    AugmentedLagrangian lagrangian = new AugmentedLagrangian(List.of(a, b), 2);
    assertThat(of(lagrangian.theta(), "a")).containsExactly(3, 0, 0); // over both together
    assertThat(of(lagrangian.theta(), "b")).containsExactly(0, 2);
    assertThat(of(lagrangian.target(4), "a")).containsExactly(3, 0, 0); // λ is 0

    set(a, 2, -1.5f, 0.5f);
    set(b, 0.25f, 1.25f);
    lagrangian.compress(1); // λ = -(w - θ)
    assertThat(of(lagrangian.theta(), "a")).containsExactly(2, -1.5f, 0);
    assertThat(of(lagrangian.theta(), "b")).containsExactly(0, 0);
    assertThat(of(lagrangian.target(2), "a")).containsExactly(2, -1.5f, -0.25f);
    assertThat(of(lagrangian.target(2), "b")).containsExactly(-0.125f, -0.625f);

    lagrangian.compress(2); // of w - λ/2 = 2, -1.5, 0.75 and 0.375, 1.875
    assertThat(of(lagrangian.theta(), "a")).containsExactly(2, 0, 0);
    assertThat(of(lagrangian.theta(), "b")).containsExactly(0, 1.875f);
    Masks masks = lagrangian.replace();
    assertThat(masks.kept()).isEqualTo(2);
    assertThat(a.value().toArray()).containsExactly(2, 0, 0);
    assertThat(b.value().toArray()).containsExactly(0, 1.875f);
  }

  @Test
  void ofEqualMagnitudesTheLowerIndicesStay() {
    Parameter a = parameter("a", 1, -2, 2);
    Parameter b = parameter("b", -2, 2, 3);
    AugmentedLagrangian lagrangian = new AugmentedLagrangian(List.of(a, b), 3);
    assertThat(of(lagrangian.theta(), "a")).containsExactly(0, -2, 2);
    assertThat(of(lagrangian.theta(), "b")).containsExactly(0, 0, 3);
  }

  /** L(w) = ½ ‖w - a‖²: the best w with κ numbers is a itself at the κ largest, and 0 elsewhere. */
  @Test
  void wBecomesThetaAsMuGrowsAndThetaTheBestOfItsSize() {
    float[] a = {1, -0.75f, 0.5f, 0.25f, -2, 0.1f};
    Parameter w = parameter("w", 0, 0, 0.9f, 0.8f, 0.1f, 0); // far from a: the wrong ones lead
    AugmentedLagrangian lagrangian = new AugmentedLagrangian(List.of(w), 3);
    List<Double> distances = new ArrayList<>();
    double mu = 0.05;
    for (int k = 0; k < 80; k++, mu *= 1.2) {
      float[] target = of(lagrangian.target(mu), "w");
      double squares = 0;
      for (int i = 0; i < a.length; i++) { // the L step, exactly
        w.value().put(i, (float) ((a[i] + mu * target[i]) / (1 + mu)));
      }
      lagrangian.compress(mu);
      float[] theta = of(lagrangian.theta(), "w");
      for (int i = 0; i < a.length; i++) {
        squares += Math.pow(w.value().at(i) - theta[i], 2);
      }
      distances.add(Math.sqrt(squares));
    }
    assertThat(distances.get(79)).isLessThan(1e-5).isLessThan(distances.get(0));
    float[] theta = of(lagrangian.theta(), "w");
    assertThat(theta).containsExactly(new float[] {1, -0.75f, 0, 0, -2, 0}, within(1e-3f));
  }

  @Test
  void exactlyKappaWeightsAndBiasesAreLeftAndTheNetworkStillKnowsItsExamples() {
    Network network = Examples.trained();
    List<Tensor> before = network.parameters().stream().map(p -> p.value().copy()).toList();
    LearningCompression.Rounds rounds =
        new LearningCompression.Rounds(12, 0.01, 1.5, 4, 4, 0.05, 0.98, 0.9);
    LearningCompression lc = new LearningCompression(0.8, Biases.SCORED, rounds);
    List<Long> steps = new ArrayList<>();
    Network pruned =
        lc.prune(network, Examples.batches(), 3, (step, of, loss) -> steps.add(of - step));
    int kept = pruned.parameters().stream().mapToInt(p -> p.structure().count()).sum();
    assertThat(kept).isEqualTo((int) Math.round(network.connections() * 0.2));
    assertThat(pruned.parameters()).anyMatch(Parameter::isPruned);
    assertThat(steps).hasSize(12 * 4 * Examples.batches().batchesPerEpoch()).endsWith(1L, 0L);
    assertThat(Evaluation.of(pruned, Examples.batches()).error()).isLessThan(0.05);
    for (int i = 0; i < before.size(); i++) {
      assertThat(network.parameters().get(i).value().toArray())
          .containsExactly(before.get(i).toArray());
    }
    Network again = lc.prune(network, Examples.batches(), 3, RivalListener.NONE);
    Examples.assertSame(pruned, again);
  }

  @Test
  void whatIsPrunedAlreadyIsRefused() {
    Network network = SmallNetworks.connected(4, 3, 2);
    Network pruned = network.restructured(Masks.keepTop(Examples.magnitudes(network), 5).byName());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LearningCompression(0.5)
                    .prune(pruned, Examples.batches(), 1, RivalListener.NONE))
        .withMessage(
            "LC: fc1.weight[3, 4] of small is pruned already: expected a network all of whose"
                + " connections exist");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningCompression(1))
        .withMessageContaining("sparsity 1.0: expected a number in [0, 1)");
  }
}
