package io.github.snip4j.core.internal.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.blas.MatrixProduct;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.BothKernels;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SparseMatrixTest {
  static final List<String> NAMES = BothKernels.NAMES;
  private static final int[] BATCHES = {
    1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 80, 95, 97, 100, 112, 113, 128, 129, 257, 300
  };

  @ParameterizedTest
  @FieldSource("NAMES")
  void allThreeProductsAreThoseOfTheDenseMatrix(String name) {
    Kernels kernels = BothKernels.orSkip(name);
    int[] sizes = {1, 5, 17, 40, 100};
    int product = 0;
    for (int n : BATCHES) {
      int m = sizes[product % sizes.length];
      int k = sizes[product / 2 % sizes.length];
      SparsePattern w = random(m, k, new double[] {0, 0.03, 0.3, 1}[product % 4], product);
      Tensor values = RandomTensors.normal(product, w.count() + 3).slice(2, w.count() + 2);
      Tensor dense = w.spread(values);
      Tensor x = RandomTensors.normal(product + 1, k + 1, n).slice(1, k + 1);
      Tensor bias = RandomTensors.normal(product + 2, m);
      Tensor dy = RandomTensors.normal(product + 3, m + 2, n).slice(2, m + 2);

      Tensor y = MatrixProduct.matmul(dense, x);
      for (int i = 0; i < y.size(); i++) {
        y.put(i, y.at(i) + bias.at(i / n));
      }
      Matrix sparse = new SparseMatrix(kernels.sparse(), w, values);
      close(sparse.multiply(x, bias), y);
      close(sparse.multiplyTransposed(dy), MatrixProduct.matmul(dense, true, dy, false));
      Tensor dw = MatrixProduct.matmul(dy, false, x, true);
      close(sparse.gradient(dy, x), w.gather(dw));
      product++;
    }
  }

  /** Absolute: sums of at most 300 products of standard normal numbers. */
  private static void close(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < actual.size(); i++) {
      float a = actual.at(i);
      float e = expected.at(i);
      assertThat(Math.abs(a - e)).isLessThanOrEqualTo(5e-5f);
    }
  }

  @Test
  void largeOnesAreSharedAmongThreadsWithTheSameResult() {
    SparsePattern w = random(300, 784, 0.05, 9);
    Tensor values = RandomTensors.normal(1, w.count());
    Tensor x = RandomTensors.normal(2, 784, 1000);
    Matrix matrix = Matrix.of(w, values);
    Tensor y = matrix.multiply(x, null);
    Golden.assertClose(y, MatrixProduct.matmul(w.spread(values), x), 1e-5);
    assertThat(matrix.multiply(x, null).toArray()).isEqualTo(y.toArray());
  }

  @Test
  void wrongShapesAreNamed() {
    SparsePattern w = random(3, 4, 1, 1);
    Matrix matrix = Matrix.of(w, Tensor.zeros(Shape.of(12)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.multiply(Tensor.zeros(Shape.of(3, 2)), null))
        .withMessage("sparse product: x [3, 2] and [3, 4] with 12 kept: expected [4, N]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.multiply(Tensor.zeros(Shape.of(4, 2)), Tensor.scalar(1)))
        .withMessage("sparse product: bias []: expected [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matrix.of(w, Tensor.scalar(1)))
        .withMessage("matrix: values []: expected [12], as many as exist of [3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> matrix.gradient(Tensor.zeros(Shape.of(3, 2)), Tensor.zeros(Shape.of(4, 5))))
        .withMessage("sparse product: gradient [3, 2] and x [4, 5]: batches differ");
  }

  static SparsePattern random(int rows, int columns, double density, long seed) {
    boolean[] keep = new boolean[rows * columns];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = new Seed(seed).child("keep").uniform(i) < density;
    }
    return SparsePattern.of(Shape.of(rows, columns), keep);
  }
}
