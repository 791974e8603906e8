package io.github.snip4j.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("sgd", new Sgd(0, false, 0)),
        Arguments.of("sgd_momentum_decay", new Sgd(0.9, false, 5e-4)),
        Arguments.of("sgd_nesterov", new Sgd(0.9, true, 0)),
        Arguments.of("adam", Adam.adam(0)),
        Arguments.of("adamw", Adam.adamW(0.01)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void fiveStepsMatchPyTorch(String name, UpdateRule rule) {
    Golden golden = Golden.of(name);
    Tensor trace = golden.tensor("trace");
    Parameter w = weight(trace.slice(0, 1).reshape(Shape.of(12)));
    Optimizer optimizer = new Optimizer(rule, network(w));
    for (int step = 1; step < trace.shape().dim(0); step++) {
      descend(optimizer, w, golden.tensor("a"), 0.01);
      Golden.assertClose(w.value(), trace.slice(step, step + 1).reshape(w.shape()), 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void keptValuesMoveAsIfAloneAndPrunedOnesStayExactlyZero(String name, UpdateRule rule) {
    Tensor start = RandomTensors.normal(1, 12);
    Tensor a = RandomTensors.normal(2, 12);
    boolean[] keep = new boolean[12];
    for (int i = 0; i < 12; i += 3) {
      keep[i] = true;
    }
    Parameter masked = weight(start).restructured(new Mask(Shape.of(12), keep));
    Parameter whole = weight(start);
    Optimizer sparse = new Optimizer(rule, network(masked));
    Optimizer dense = new Optimizer(rule, network(whole));
    for (int step = 0; step < 100; step++) {
      descend(sparse, masked, a, 0.01);
      descend(dense, whole, a, 0.01);
    }
    for (int i = 0; i < 12; i++) {
      float expected = keep[i] ? whole.value().get(i) : 0f;
      assertThat(Float.floatToRawIntBits(masked.dense().get(i)))
          .as("%s, position %d", name, i)
          .isEqualTo(Float.floatToRawIntBits(expected));
    }
  }

  static Stream<Arguments> withAndWithoutDecay() {
    return Stream.of(
        Arguments.of(new Sgd(0, false, 0.03), new Sgd(0, false, 0)),
        Arguments.of(new Sgd(0.9, false, 0.03), new Sgd(0.9, false, 0)),
        Arguments.of(new Sgd(0.9, true, 0.03), new Sgd(0.9, true, 0)),
        Arguments.of(Adam.adam(0.03), Adam.adam(0)));
  }

  @ParameterizedTest
  @MethodSource("withAndWithoutDecay")
  void weightDecayAddsThatShareOfTheWeightToTheGradient(UpdateRule decaying, UpdateRule plain) {
    float[] a = RandomTensors.normal(1, 12).toArray();
    float[] b = a.clone();
    float[][] aState = new float[decaying.stateArrays()][12];
    float[][] bState = new float[plain.stateArrays()][12];
    for (int step = 1; step <= 5; step++) {
      float[] g = RandomTensors.normal(step + 1, 12).toArray();
      float[] whole = g.clone();
      for (int i = 0; i < 12; i++) {
        whole[i] += 0.03f * b[i];
      }
      decaying.update(a, g, aState, 0, 12, 0.1, step);
      plain.update(b, whole, bState, 0, 12, 0.1, step);
    }
    assertThat(a).isEqualTo(b);
  }

  @Test
  void constantsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sgd(1, false, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Sgd(0, false, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(0, true, 0))
        .withMessageStartingWith("sgd: nesterov with momentum 0 is plain descent");
    assertThatIllegalArgumentException().isThrownBy(() -> new Adam(1, 0, 1e-8, 0, false));
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Sgd(0.9, false, wrong));
      assertThatIllegalArgumentException().isThrownBy(() -> new Sgd(wrong, false, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> Adam.adam(wrong));
      assertThatIllegalArgumentException().isThrownBy(() -> new Adam(wrong, 0, 1e-8, 0, false));
      assertThatIllegalArgumentException().isThrownBy(() -> new Adam(0, wrong, 1e-8, 0, false));
      assertThatIllegalArgumentException().isThrownBy(() -> new Adam(0, 0, wrong, 0, false));
    }
  }

  private static Parameter weight(Tensor value) {
    return new Parameter("w", Parameter.Role.WEIGHT, value);
  }

  private static Network network(Parameter w) {
    Layer layer =
        new Layer() {
          @Override
          public Variable forward(Variable x, Pass pass) {
            return x;
          }

          @Override
          public List<Parameter> parameters() {
            return List.of(w);
          }
        };
    return new Network("test", Shape.of(1), 1, layer);
  }

  /** Values of PyTorch 1.13. */
  @Test
  void threeStepsOfRmsPropMatchPyTorch() {
    assertRmsProp(new RmsProp(0.9, 1e-8, 0, 0), 0.4673146f, -1.0095402f, 2.019337f);
    assertRmsProp(new RmsProp(0.9, 1e-8, 0.9, 0.01), 0.38617045f, -0.9811742f, 1.9613683f);
  }

  private static void assertRmsProp(RmsProp rule, float... expected) {
    float[] w = {0.5f, -1, 2};
    float[][] state = new float[rule.stateArrays()][3];
    float[][] gradients = {{0.1f, -0.2f, 0}, {0.3f, 0.5f, -1}, {-0.7f, 0.2f, 0.4f}};
    for (int step = 1; step <= 3; step++) {
      rule.update(w, gradients[step - 1], state, 0, 3, 0.01, step);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(w[i]).isCloseTo(expected[i], within(2e-7f));
    }
  }

  /** One step on sum((w - a)^2 + 0.1 w^4), as in the script that made the reference values. */
  private static void descend(Optimizer optimizer, Parameter parameter, Tensor a, double rate) {
    Pass pass = Pass.training(new Seed(0));
    Variable w = pass.variable(parameter);
    Variable distance = Arithmetic.subtract(w, Variable.constant(a));
    Variable square = Arithmetic.multiply(w, w);
    Variable quartic =
        Arithmetic.multiply(
            Arithmetic.multiply(square, square), Variable.constant(Tensor.scalar(0.1f)));
    Variable loss =
        Reductions.sum(Arithmetic.add(Arithmetic.multiply(distance, distance), quartic));
    optimizer.step(pass, loss.backward(), rate);
  }
}
