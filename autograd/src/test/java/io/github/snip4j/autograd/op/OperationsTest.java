package io.github.snip4j.autograd.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.GradCheck;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against central differences: one element, odd sizes, broadcasting. */
class OperationsTest {
  private static final int[] LABELS = {0, 3, 9, 9, 1, 4, 7};

  private record Case(
      String name, Function<List<Variable>, Variable> operation, List<Tensor> inputs) {}

  private static Case of(
      String name, Function<List<Variable>, Variable> operation, Tensor... inputs) {
    return new Case(name, operation, List.of(inputs));
  }

  private static Tensor normal(int... dims) {
    return RandomTensors.normal(3, dims);
  }

  private static Tensor nonZero(int... dims) {
    return RandomTensors.awayFromZero(4, 0.5f, dims);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
            of("add, one element", v -> Arithmetic.add(v.get(0), v.get(1)), normal(1), normal(1)),
            of("add", v -> Arithmetic.add(v.get(0), v.get(1)), normal(7, 9), normal(7, 9)),
            of(
                "add, broadcast",
                v -> Arithmetic.add(v.get(0), v.get(1)),
                normal(5, 1),
                normal(2, 1, 3)),
            of(
                "subtract",
                v -> Arithmetic.subtract(v.get(0), v.get(1)),
                normal(7, 9),
                normal(7, 9)),
            of(
                "subtract, broadcast",
                v -> Arithmetic.subtract(v.get(0), v.get(1)),
                normal(),
                normal(3, 5)),
            of(
                "multiply, scalars",
                v -> Arithmetic.multiply(v.get(0), v.get(1)),
                normal(),
                normal()),
            of(
                "multiply",
                v -> Arithmetic.multiply(v.get(0), v.get(1)),
                normal(7, 9),
                nonZero(7, 9)),
            of(
                "multiply, broadcast",
                v -> Arithmetic.multiply(v.get(0), v.get(1)),
                normal(4, 5, 6),
                nonZero(1, 6)),
            of("multiply by itself", v -> Arithmetic.multiply(v.get(0), v.get(0)), normal(3, 4)),
            of(
                "divide, one element",
                v -> Arithmetic.divide(v.get(0), v.get(1)),
                normal(1),
                nonZero(1)),
            of("divide", v -> Arithmetic.divide(v.get(0), v.get(1)), normal(7, 9), nonZero(7, 9)),
            of(
                "divide, broadcast",
                v -> Arithmetic.divide(v.get(0), v.get(1)),
                normal(4, 1),
                nonZero(4, 5)),
            of("relu, one element", v -> Elementwise.relu(v.get(0)), nonZero(1)),
            of("relu", v -> Elementwise.relu(v.get(0)), nonZero(17, 31)),
            of("sum", v -> Reductions.sum(v.get(0)), normal(3, 4, 5)),
            of("sum, scalar", v -> Reductions.sum(v.get(0)), normal()),
            of("reshape", v -> Shapes.reshape(v.get(0), Shape.of(10, 6)), normal(3, 4, 5)),
            of(
                "matmul, one element",
                v -> Products.matmul(v.get(0), v.get(1)),
                normal(1, 1),
                normal(1, 1)),
            of("matmul", v -> Products.matmul(v.get(0), v.get(1)), normal(7, 9), normal(9, 5)),
            of(
                "linear, one of all",
                v -> Products.linear(v.get(0), v.get(1), v.get(2)),
                normal(1, 1),
                normal(1, 1),
                normal(1)),
            of(
                "linear",
                v -> Products.linear(v.get(0), v.get(1), v.get(2)),
                normal(9, 17),
                normal(5, 9),
                normal(5)),
            of(
                "linear, batch 1",
                v -> Products.linear(v.get(0), v.get(1), v.get(2)),
                normal(9, 1),
                normal(5, 9),
                normal(5)),
            of("cross-entropy", v -> Losses.crossEntropy(v.get(0), LABELS), normal(10, 7)),
            of(
                "cross-entropy, one",
                v -> Losses.crossEntropy(v.get(0), new int[] {1}),
                normal(2, 1)))
        .map(c -> Arguments.argumentSet(c.name, c));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAgreeWithDifferences(Case c) {
    Tensor[] inputs = c.inputs.toArray(Tensor[]::new);
    for (long seed = 0; seed < 3; seed++) {
      GradCheck.check(1e-3, c.operation, new Seed(seed), inputs);
    }
  }

  @Test
  void reluHasNoSlopeAtZeroAndKeepsNan() {
    Variable x = Variable.leaf(Tensor.of(Shape.of(4), -1, 0, 2, Float.NaN));
    Variable y = Elementwise.relu(x);
    assertThat(y.value().toArray()).containsExactly(0, 0, 2, Float.NaN);
    Tensor dx = y.backward(Tensor.full(Shape.of(4), 3f)).of(x);
    assertThat(dx.toArray()).startsWith(0, 0, 3);
  }

  @Test
  void linearNamesTheShapesThatDoNotFit() {
    Variable x = Variable.constant(normal(9, 17));
    Variable w = Variable.constant(normal(5, 8));
    Variable b = Variable.constant(normal(5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Products.linear(x, w, b))
        .withMessage(
            "linear: w [5, 8], x [9, 17], b [5]: expected w [out, in], x [in, N], b [out]");
  }
}
