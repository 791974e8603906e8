package io.github.snip4j.core.internal.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.core.testing.BothKernels;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SparseFiltersTest {
  static final List<String> NAMES = BothKernels.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void isTheDenseOneWithZeros(String name) {
    Kernels kernels = BothKernels.orSkip(name);
    Workspace workspace = new Workspace();
    double[] densities = {0.3, 0.02, 1, 0};
    int number = 0;
    for (ConvolutionTest.Case c : ConvolutionTest.cases()) {
      Shape weights = Shape.of(c.o(), c.c() / c.spec().groups(), c.kernelH(), c.kernelW());
      SparsePattern pattern = random(weights, densities[number++ % 4], number);
      Tensor values = RandomTensors.normal(1, pattern.count());
      Filters sparse = new SparseFilters(kernels.sparse(), pattern, values, c.spec());
      Filters dense = ConvolutionTest.filters(pattern.spread(values), c.spec());
      Tensor x = RandomTensors.normal(2, c.c(), c.h(), c.w(), c.n());
      Tensor b = RandomTensors.normal(3, c.o());
      Tensor y = dense.forward(x, b);
      Tensor dy = RandomTensors.normal(4, y.shape().toArray());
      Tensor dx = dense.inputGradient(dy, x.shape());
      Tensor dw = dense.weightGradient(dy, x);
      for (int again = 0; again < 2; again++) { // the second time in arrays that are not clean
        workspace.run(
            () -> {
              close(sparse.forward(x, b), y, c);
              close(sparse.inputGradient(dy, x.shape()), dx, c);
              close(sparse.weightGradient(dy, x), pattern.gather(dw), c);
              return c;
            });
      }
    }
  }

  /**
   * A sum of 2,673 terms has a standard deviation of 52; in another order its end rounds otherwise.
   */
  private static final float ROUNDING = 2e-4f;

  private static void close(Tensor actual, Tensor expected, ConvolutionTest.Case c) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < actual.size(); i++) {
      float a = actual.at(i);
      float e = expected.at(i);
      if (!(Math.abs(a - e) <= ROUNDING)) {
        throw new AssertionError(c + ": element " + i + " is " + a + ", not " + e);
      }
    }
  }

  private static SparsePattern random(Shape shape, double density, long seed) {
    boolean[] keep = new boolean[shape.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = new Seed(seed).child("keep").uniform(i) < density;
    }
    return SparsePattern.of(shape, keep);
  }

  @Test
  void wrongShapesAreNamed() {
    SparsePattern pattern = random(Shape.of(4, 2, 3, 3), 0.5, 1);
    Tensor values = Tensor.zeros(pattern.valuesShape());
    Filters filters = Filters.of(pattern, values, Conv2dSpec.VALID);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filters.forward(Tensor.zeros(Shape.of(3, 3, 3, 1)), null))
        .withMessageStartingWith("conv2d: x [3, 3, 3, 1], w [4, 2, 3, 3], groups 1: 3 channels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filters.forward(Tensor.zeros(Shape.of(2, 3, 3, 1)), values))
        .withMessage("conv2d: bias " + values.shape() + ": expected [4], one per output channel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Filters.of(pattern, Tensor.scalar(1), Conv2dSpec.VALID))
        .withMessage(
            "conv2d: values []: expected ["
                + pattern.count()
                + "], as many as exist of [4, 2, 3, 3]");
  }
}
