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

class SparseConvolutionTest {
  static final List<String> NAMES = BothKernels.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void isTheDenseOneWithZeros(String name) {
    Kernels kernels = BothKernels.orSkip(name);
    Workspace workspace = new Workspace();
    double[] densities = {0.3, 0.02, 1, 0};
    int number = 0;
    for (ConvolutionTest.Case c : ConvolutionTest.cases()) {
      int terms = c.c() / c.spec().groups() * c.kernelH() * c.kernelW();
      SparsePattern pattern = random(c.o(), terms, densities[number++ % 4], number);
      Shape weights = Shape.of(c.o(), c.c() / c.spec().groups(), c.kernelH(), c.kernelW());
      SparseConvolution conv = new SparseConvolution(pattern, weights, c.spec());
      Tensor values = RandomTensors.normal(1, pattern.kept());
      Tensor w = pattern.toDense(values).reshape(weights);
      Tensor x = RandomTensors.normal(2, c.c(), c.h(), c.w(), c.n());
      Tensor b = RandomTensors.normal(3, c.o());
      Tensor y = Convolution.forward(x, w, b, c.spec());
      Tensor dy = RandomTensors.normal(4, y.shape().toArray());
      Tensor dx = Convolution.inputGradient(dy, w, x.shape(), c.spec());
      Tensor dw = Convolution.weightGradient(dy, x, weights, c.spec());
      for (int again = 0; again < 2; again++) { // the second time in arrays that are not clean
        workspace.run(
            () -> {
              close(conv.forward(kernels, values, x, b), y, c);
              close(conv.inputGradient(kernels, values, dy, x.shape()), dx, c);
              close(conv.valueGradient(kernels, dy, x), pattern.valuesOf(dw), c);
              return c;
            });
      }
    }
  }

  private static void close(Tensor actual, Tensor expected, ConvolutionTest.Case c) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < actual.size(); i++) {
      float a = actual.at(i);
      float e = expected.at(i);
      if (!(Math.abs(a - e) <= 2e-4f)) {
        throw new AssertionError(c + ": element " + i + " is " + a + ", not " + e);
      }
    }
  }

  private static SparsePattern random(int rows, int columns, double density, long seed) {
    boolean[] keep = new boolean[rows * columns];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = new Seed(seed).child("keep").uniform(i) < density;
    }
    return SparsePattern.of(rows, columns, keep);
  }

  @Test
  void wrongShapesAreNamed() {
    SparsePattern pattern = random(4, 18, 0.5, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SparseConvolution(pattern, Shape.of(4, 3, 3, 3), Conv2dSpec.VALID))
        .withMessageStartingWith("sparse conv2d: weights [4, 3, 3, 3] in 1 groups and 4 x 18 with");
    SparseConvolution conv = new SparseConvolution(pattern, Shape.of(4, 2, 3, 3), Conv2dSpec.VALID);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conv.forward(Tensor.scalar(1), Tensor.zeros(Shape.of(2, 3, 3, 1)), null))
        .withMessage("sparse conv2d: values []: expected [" + pattern.kept() + "]");
  }
}
