package io.github.snip4j.autograd.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.GradCheck;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against central differences, and what operations refuse. */
class OperationsTest {
  static Stream<OperationCase> cases() {
    return Operations.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAgreeWithDifferences(OperationCase c) {
    for (long seed = 0; seed < 3; seed++) {
      GradCheck.check(1e-3, c::apply, new Seed(seed), c.inputs());
    }
  }

  @Test
  void noOperationIsWithoutAGradientCheck() throws Exception {
    List<Method> operations = operations();
    assertThat(operations).as("public static methods found").hasSizeGreaterThan(30);
    List<Method> checked = Operations.cases().map(OperationCase::operation).toList();
    List<String> missing = new ArrayList<>();
    for (Method operation : operations) {
      if (!checked.contains(operation)) {
        missing.add(operation.getDeclaringClass().getSimpleName() + "." + operation.getName());
      }
    }
    assertThat(missing)
        .as(
            "operations without a gradient check; add a case for each to"
                + " autograd/src/test/java/io/github/snip4j/autograd/op/Operations.java")
        .isEmpty();
  }

  /** The public static methods of the public classes beside {@link Elementwise}. */
  private static List<Method> operations()
      throws IOException, URISyntaxException, ClassNotFoundException {
    URL resource = Objects.requireNonNull(Elementwise.class.getResource("Elementwise.class"));
    Path one = Path.of(resource.toURI());
    List<Method> operations = new ArrayList<>();
    try (Stream<Path> files = Files.list(one.resolveSibling("."))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (name.equals("package-info") || name.contains("$")) {
          continue;
        }
        Class<?> kin = Class.forName(Elementwise.class.getPackageName() + "." + name);
        Stream.of(kin.getMethods())
            .filter(m -> Modifier.isPublic(kin.getModifiers()) && isPublicStatic(m))
            .forEach(operations::add);
      }
    }
    return operations;
  }

  private static boolean isPublicStatic(Method method) {
    return Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers());
  }

  @Test
  void aVariableMultipliedByItselfHasTwiceItselfAsGradient() {
    Tensor x = RandomTensors.normal(3, 3, 4);
    GradCheck.check(1e-3, v -> Arithmetic.multiply(v.get(0), v.get(0)), new Seed(1), x);
  }

  @Test
  void reluHasNoSlopeAtZeroAndKeepsNanAndItsGradient() {
    Variable x = Variable.leaf(Tensor.of(Shape.of(4), -1, 0, 2, Float.NaN));
    Variable y = Elementwise.relu(x);
    assertThat(y.value().toArray()).containsExactly(0, 0, 2, Float.NaN);
    Tensor dx = y.backward(Tensor.full(Shape.of(4), 3f)).of(x);
    assertThat(dx.toArray()).containsExactly(0, 0, 3, 3);
  }

  @Test
  void theFirstOfSeveralMaximaHasTheGradientAndNanShows() {
    Variable x = Variable.leaf(Tensor.of(Shape.of(2, 3), 1, 4, 4, Float.NaN, 2, 3));
    Variable y = Reductions.max(x, Reductions.Reduced.GOES, 1);
    assertThat(y.value().toArray()).containsExactly(4, Float.NaN);
    Tensor dx = y.backward(Tensor.of(Shape.of(2), 5, 7)).of(x);
    assertThat(dx.toArray()).containsExactly(0, 5, 0, 7, 0, 0);
  }

  @Test
  void dropoutDrawsTheSameForTheSameSeedAndKeepsTheMean() {
    Variable x = Variable.constant(Tensor.full(Shape.of(100, 100), 1f));
    Tensor y = Stochastic.dropout(x, 0.25, new Seed(1)).value();
    assertThat(Stochastic.dropout(x, 0.25, new Seed(1)).value().toArray()).isEqualTo(y.toArray());
    assertThat(Stochastic.dropout(x, 0.25, new Seed(2)).value().toArray())
        .isNotEqualTo(y.toArray());
    assertThat(y.toArray()).containsOnly(0f, (float) (1 / 0.75));
    assertThat(Reductions.mean(Variable.constant(y)).value().item()).isBetween(0.98f, 1.02f);
  }

  @Test
  void padSurroundsWithZerosAndSliceTakesThemAway() {
    Variable x = Variable.constant(Tensor.of(Shape.of(1, 2), 1, 2));
    Variable padded = Shapes.pad(x, new int[] {1, 0}, new int[] {0, 2});
    assertThat(padded.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(padded.value().toArray()).containsExactly(0, 0, 0, 0, 1, 2, 0, 0);
    Variable back = Shapes.slice(Shapes.slice(padded, 0, 1, 2), -1, 0, 2);
    assertThat(back.value().toArray()).containsExactly(1, 2);
  }

  @Test
  void linearNamesTheShapesThatDoNotFit() {
    Variable x = Variable.constant(RandomTensors.normal(3, 9, 17));
    Variable w = Variable.constant(RandomTensors.normal(3, 5, 8));
    Variable b = Variable.constant(RandomTensors.normal(3, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Products.linear(x, w, b))
        .withMessage(
            "linear: w [5, 8], x [9, 17], b [5]: expected w [out, in], x [in, N], b [out]");
  }

  @Test
  void wrongShapesAxesAndRatesAreNamed() {
    Variable x = Variable.constant(RandomTensors.normal(3, 2, 3));
    Variable y = Variable.constant(RandomTensors.normal(3, 4, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.meanSquaredError(x, y))
        .withMessage(
            "mean squared error: x [2, 3], target [4, 5]: expected the same shape, not empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.sum(x, Reductions.Reduced.GOES, 0, -2))
        .withMessage("axes [0, -2] of [2, 3]: -2 is named twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reductions.max(x, Reductions.Reduced.GOES, 2))
        .withMessage("shape [2, 3] has no axis 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shapes.slice(x, 1, 2, 4))
        .withMessage("slice: [2, 4) is not within axis 1 of [2, 3], of length 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shapes.concatenate(List.of(x, y), 0))
        .withMessage("concatenate: [2, 3] and [4, 5] differ elsewhere than in axis 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shapes.pad(x, new int[] {1}, new int[] {1, 2}))
        .withMessage("pad: [1] before and [1, 2] after [2, 3]: expected a number per axis");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shapes.pad(x, new int[] {0, -1}, new int[2]))
        .withMessage("pad: axis 1 by -1 and 0: one is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stochastic.dropout(x, 1, new Seed(1)))
        .withMessage("dropout: rate 1.0 is not in [0, 1)");
  }
}
