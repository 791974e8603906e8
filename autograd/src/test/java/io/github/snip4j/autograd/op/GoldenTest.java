package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions.Reduced;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients against PyTorch's in double precision. */
class GoldenTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<Arguments> binary() {
    return Stream.of(
        Arguments.of("matmul", (BinaryOperator<Variable>) Products::matmul),
        Arguments.of("add_broadcast", (BinaryOperator<Variable>) Arithmetic::add),
        Arguments.of("mul_broadcast", (BinaryOperator<Variable>) Arithmetic::multiply),
        Arguments.of("div_broadcast", (BinaryOperator<Variable>) Arithmetic::divide));
  }

  @ParameterizedTest
  @MethodSource("binary")
  void twoInputs(String name, BinaryOperator<Variable> operation) {
    Golden golden = Golden.of(name);
    Variable a = Variable.leaf(golden.tensor("a"));
    Variable b = Variable.leaf(golden.tensor("b"));
    Variable y = operation.apply(a, b);
    Gradients gradients = y.backward(golden.tensor("dy"));
    assertClose(y.value(), golden.tensor("y"), TOLERANCE);
    assertClose(gradients.of(a), golden.tensor("d_a"), TOLERANCE);
    assertClose(gradients.of(b), golden.tensor("d_b"), TOLERANCE);
  }

  @Test
  void linear() { // PyTorch's batch comes first, ours last
    Golden golden = Golden.of("linear");
    Variable x = Variable.leaf(golden.transposed("x"));
    Variable w = Variable.leaf(golden.tensor("w"));
    Variable b = Variable.leaf(golden.tensor("b"));
    Variable y = Products.linear(x, w, b);
    Gradients gradients = y.backward(golden.transposed("dy"));
    assertClose(y.value(), golden.transposed("y"), TOLERANCE);
    assertClose(gradients.of(x), golden.transposed("d_x"), TOLERANCE);
    assertClose(gradients.of(w), golden.tensor("d_w"), TOLERANCE);
    assertClose(gradients.of(b), golden.tensor("d_b"), TOLERANCE);
  }

  static Stream<Arguments> unary() {
    return Stream.of(
        unary("relu", Elementwise::relu),
        unary("leaky_relu", x -> Elementwise.leakyRelu(x, 0.01f)),
        unary("gelu", Elementwise::gelu),
        unary("softplus", Elementwise::softplus),
        unary("tanh", Elementwise::tanh),
        unary("sigmoid", Elementwise::sigmoid),
        unary("exp", Elementwise::exp),
        unary("log", Elementwise::log),
        unary("sum_axis", x -> Reductions.sum(x, Reduced.GOES, 1)),
        unary("mean_axes", x -> Reductions.mean(x, Reduced.GOES, 0, 2)),
        unary("max_axis", x -> Reductions.max(x, Reduced.GOES, 1)));
  }

  private static Arguments unary(String name, UnaryOperator<Variable> operation) {
    return Arguments.of(name, operation);
  }

  @ParameterizedTest
  @MethodSource("unary")
  void oneInput(String name, UnaryOperator<Variable> operation) {
    Golden golden = Golden.of(name);
    Variable x = Variable.leaf(golden.tensor("x"));
    Variable y = operation.apply(x);
    assertClose(y.value(), golden.tensor("y"), TOLERANCE);
    assertClose(y.backward(golden.tensor("dy")).of(x), golden.tensor("d_x"), TOLERANCE);
  }

  @Test
  void logSoftmax() {
    Golden golden = Golden.of("log_softmax");
    Variable x = Variable.leaf(golden.transposed("x"));
    Variable y = Softmaxes.logSoftmax(x);
    assertClose(y.value(), golden.transposed("y"), TOLERANCE);
    assertClose(y.backward(golden.transposed("dy")).of(x), golden.transposed("d_x"), TOLERANCE);
    Variable p = Softmaxes.softmax(x);
    assertClose(p.value(), Elementwise.exp(Variable.constant(y.value())).value(), TOLERANCE);
  }

  @Test
  void meanSquaredError() {
    Golden golden = Golden.of("mse");
    Variable x = Variable.leaf(golden.tensor("x"));
    Variable loss = Losses.meanSquaredError(x, Variable.constant(golden.tensor("target")));
    Tensor expected = golden.tensor("y");
    assertThat(loss.value().item()).isCloseTo(expected.item(), within(1e-5f * expected.item()));
    assertClose(loss.backward().of(x), golden.tensor("d_x"), TOLERANCE);
  }

  @Test
  void crossEntropy() {
    Golden golden = Golden.of("cross_entropy");
    Variable logits = Variable.leaf(golden.transposed("x"));
    Variable loss = Losses.crossEntropy(logits, golden.ints("labels"));
    Tensor expected = golden.tensor("y");
    assertThat(loss.value().item()).isCloseTo(expected.item(), within(1e-5f * expected.item()));
    assertClose(loss.backward().of(logits), golden.transposed("d_x"), TOLERANCE);
  }
}
