package io.github.snip4j.core.internal.kernel;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PointwiseTest {
  /** Name, function, gradient from dy and the value, gradient from dy and the argument. */
  static Stream<Arguments> functions() {
    return Stream.of(
        ofValue("exp", Pointwise::exp, Broadcast::multiply),
        ofArgument("log", Pointwise::log, Broadcast::divide),
        ofValue("tanh", Pointwise::tanh, Pointwise::tanhGradient),
        ofValue("sigmoid", Pointwise::sigmoid, Pointwise::sigmoidGradient),
        ofArgument("softplus", Pointwise::softplus, Pointwise::softplusGradient),
        ofArgument("gelu", Pointwise::gelu, Pointwise::geluGradient),
        ofValue("relu", Pointwise::relu, Pointwise::reluGradient),
        ofArgument(
            "leaky_relu",
            x -> Pointwise.leakyRelu(x, 0.01f),
            (dy, x) -> Pointwise.leakyReluGradient(dy, x, 0.01f)));
  }

  private static Arguments ofValue(
      String name, UnaryOperator<Tensor> f, BinaryOperator<Tensor> gradient) {
    return Arguments.of(name, f, gradient, true);
  }

  private static Arguments ofArgument(
      String name, UnaryOperator<Tensor> f, BinaryOperator<Tensor> gradient) {
    return Arguments.of(name, f, gradient, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void matchesPyTorch(
      String name, UnaryOperator<Tensor> f, BinaryOperator<Tensor> gradient, boolean ofValue) {
    Golden golden = Golden.of(name);
    Tensor x = golden.tensor("x");
    Tensor y = f.apply(x);
    assertClose(y, golden.tensor("y"), 1e-6);
    Tensor dx = gradient.apply(golden.tensor("dy"), ofValue ? y : x);
    assertClose(dx, golden.tensor("d_x"), 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void worksOnSlicesAndOnMoreThanOnePiece(
      String name, UnaryOperator<Tensor> f, BinaryOperator<Tensor> gradient, boolean ofValue) {
    Tensor x = RandomTensors.normal(1, 3, 40_001);
    Tensor whole = f.apply(x).slice(1, 3);
    Tensor part = f.apply(x.slice(1, 3));
    assertThat(part.toArray()).isEqualTo(whole.toArray());
    Tensor dy = RandomTensors.normal(2, 3, 40_001);
    Tensor dx = gradient.apply(dy, ofValue ? f.apply(x) : x).slice(1, 3);
    Tensor dxPart = gradient.apply(dy.slice(1, 3), ofValue ? whole : x.slice(1, 3));
    assertThat(dxPart.toArray()).isEqualTo(dx.toArray());
  }

  @Test
  void scaleAddToSqrtAndSumDoWhatTheySay() {
    Tensor x = Tensor.of(Shape.of(3), 4, 9, 2.25f);
    assertThat(Pointwise.sqrt(x).toArray()).containsExactly(2, 3, 1.5f);
    assertThat(Pointwise.scale(x.slice(1, 3), -2).toArray()).containsExactly(-18, -4.5f);
    Pointwise.addTo(x.slice(0, 2), Tensor.of(Shape.of(2), 1, 1));
    assertThat(x.toArray()).containsExactly(5, 10, 2.25f);
    assertThat(Pointwise.sum(x)).isEqualTo(17.25f);
  }

  @Test
  void reluKeepsNanAndHasNoNegativeZero() {
    Tensor y = Pointwise.relu(Tensor.of(Shape.of(4), Float.NaN, -3, -0f, 2));
    assertThat(y.toArray()).containsExactly(Float.NaN, 0, 0, 2);
  }

  @Test
  void reluPassesTheGradientWhereTheValueIsNan() {
    Tensor x = Tensor.of(Shape.of(4), Float.NaN, -3, 0, 2);
    Tensor dy = Tensor.of(Shape.of(4), 5, 5, 5, 5);
    assertThat(Pointwise.reluGradient(dy, Pointwise.relu(x)).toArray()).containsExactly(5, 0, 0, 5);
  }

  @Test
  void shapesThatDifferAreNamed() {
    Tensor a = Tensor.zeros(Shape.of(2, 3));
    Tensor b = Tensor.zeros(Shape.of(3, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pointwise.geluGradient(a, b))
        .withMessage("gelu gradient: [2, 3] and [3, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pointwise.addTo(a, b))
        .withMessage("add: [2, 3] and [3, 2]");
  }
}
