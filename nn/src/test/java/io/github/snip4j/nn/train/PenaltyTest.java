package io.github.snip4j.nn.train;

import static io.github.snip4j.nn.train.SmallTask.SEED;
import static io.github.snip4j.nn.train.SmallTask.network;
import static io.github.snip4j.nn.train.SmallTask.trained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PenaltyTest {
  /** Gradients of penalties by finite differences, and what they add to a step. */
  @Test
  void penaltiesAddTheirGradient() {
    Map<String, Tensor> targets = Map.of("fc1.weight", Tensor.full(Shape.of(8, 4), 0.3f));
    for (Penalty penalty :
        List.of(
            Penalty.l1(0.02, p -> p.role() == Parameter.Role.WEIGHT),
            Penalty.l2(0.03, p -> p.role() == Parameter.Role.WEIGHT),
            Penalty.groupLasso(0.04, p -> p.role() == Parameter.Role.WEIGHT),
            Penalty.distance(0.05, targets))) {
      Network network = network(0);
      Parameter fc1 = network.parameter("fc1.weight");
      Pass pass = Pass.training(SEED);
      Variable term = Objects.requireNonNull(penalty.of(fc1, pass));
      Tensor g = term.backward().of(pass.values(fc1));
      for (int i = 0; i < 5; i++) {
        double h = 1e-3;
        double difference =
            (value(penalty, fc1, i, (float) h) - value(penalty, fc1, i, (float) -h)) / (2 * h);
        assertThat((double) g.at(i)).isCloseTo(difference, within(2e-4));
      }
      Network with = trained(network(0), TrainingOptions.PLAIN.with(penalty), 48, 1);
      Network without = trained(network(0), TrainingOptions.PLAIN, 48, 1);
      double moved =
          with.parameter("fc1.weight").value().at(3)
              - without.parameter("fc1.weight").value().at(3);
      assertThat(moved).isCloseTo(-0.1 * g.at(3), within(1e-6));
    }
  }

  private static double value(Penalty penalty, Parameter p, int i, float by) {
    float before = p.value().at(i);
    p.value().put(i, before + by);
    p.changed();
    Variable term = Objects.requireNonNull(penalty.of(p, Pass.training(SEED)));
    p.value().put(i, before);
    p.changed();
    return term.value().item();
  }

  /** Of weights of 0 the group lasso has the gradient 0, not NaN. */
  @Test
  void groupsOfZerosHaveNoDirection() {
    Parameter p =
        new Parameter("zeros.weight", Parameter.Role.WEIGHT, Tensor.zeros(Shape.of(2, 3)));
    Pass pass = Pass.training(SEED);
    Variable term = Objects.requireNonNull(Penalty.groupLasso(1, any -> true).of(p, pass));
    assertThat(term.backward().of(pass.values(p)).toArray()).containsOnly(0);
  }

  /** Of a pruned weight what exists is compared with the target at its position. */
  @Test
  void distancesOfPrunedWeightsAreThoseOfWhatExists() {
    Network network = network(0);
    boolean[] keep = new boolean[32];
    keep[3] = true;
    keep[17] = true;
    network.restructure(Map.of("fc1.weight", new Mask(Shape.of(8, 4), keep)));
    Parameter fc1 = network.parameter("fc1.weight");
    Tensor target = Tensor.zeros(Shape.of(8, 4));
    target.put(3, 0.5f);
    target.put(17, -0.25f);
    target.put(20, 9); // does not exist
    float a = fc1.value().at(0) - 0.5f;
    float b = fc1.value().at(1) + 0.25f;
    Penalty penalty = Penalty.distance(2, Map.of("fc1.weight", target));
    for (Pass pass : List.of(Pass.training(SEED), Pass.wholeGradients(SEED))) {
      Variable term = Objects.requireNonNull(penalty.of(fc1, pass));
      assertThat(term.value().item()).isCloseTo(2 * (a * a + b * b), within(1e-4f));
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Parameter fc1 = network(0).parameter("fc1.weight");
    Penalty wrong = Penalty.distance(1, Map.of("fc1.weight", Tensor.zeros(Shape.of(1, 4))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrong.of(fc1, Pass.training(SEED)))
        .withMessage("penalty: the target of fc1.weight: [1, 4]: expected [8, 4]");
    Penalty infinite = (p, pass) -> Variable.constant(Tensor.scalar(Float.POSITIVE_INFINITY));
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> trained(network(0), TrainingOptions.PLAIN.with(infinite), 48, 1))
        .withMessageContaining("the loss is finite, and its penalties are not");
  }
}
