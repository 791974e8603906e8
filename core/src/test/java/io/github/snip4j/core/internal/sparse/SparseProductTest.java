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

class SparseProductTest {
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
      Tensor values = RandomTensors.normal(product, w.kept() + 3).slice(2, w.kept() + 2);
      Tensor dense = w.toDense(values);
      Tensor x = RandomTensors.normal(product + 1, k + 1, n).slice(1, k + 1);
      Tensor bias = RandomTensors.normal(product + 2, m);
      Tensor dy = RandomTensors.normal(product + 3, m + 2, n).slice(2, m + 2);

      Tensor y = MatrixProduct.matmul(dense, x);
      for (int i = 0; i < y.size(); i++) {
        y.put(i, y.at(i) + bias.at(i / n));
      }
      close(SparseProduct.multiply(kernels, w, values, x, bias), y);
      close(
          SparseProduct.multiplyTransposed(kernels, w, values, dy),
          MatrixProduct.matmul(dense, true, dy, false));
      Tensor dw = MatrixProduct.matmul(dy, false, x, true);
      close(SparseProduct.sampled(kernels, w, dy, x), w.valuesOf(dw));
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
    Tensor values = RandomTensors.normal(1, w.kept());
    Tensor x = RandomTensors.normal(2, 784, 1000);
    Tensor y = SparseProduct.multiply(w, values, x, null);
    Golden.assertClose(y, MatrixProduct.matmul(w.toDense(values), x), 1e-5);
    assertThat(SparseProduct.multiply(w, values, x, null).toArray()).isEqualTo(y.toArray());
  }

  @Test
  void aPatternKnowsItsTranspose() {
    SparsePattern w = new SparsePattern(4, new int[] {0, 2, 2, 5}, new int[] {1, 3, 0, 1, 2});
    assertThat(w).hasToString("3 x 4 with 5 kept");
    assertThat(w.density()).isEqualTo(5 / 12.0);
    int[] starts = new int[5];
    int[] rows = new int[5];
    int[] permutation = new int[5];
    for (int i = 0; i < 5; i++) {
      starts[i] = w.columnStart(i);
      rows[i] = w.row(i);
      permutation[i] = w.permutation(i);
    }
    assertThat(starts).containsExactly(0, 1, 3, 4, 5);
    assertThat(rows).containsExactly(2, 0, 2, 2, 0);
    assertThat(permutation).containsExactly(2, 0, 3, 4, 1);
    for (int parts : new int[] {1, 4, 32}) {
      assertThat(w.rowPart(0, parts)).isZero();
      assertThat(w.rowPart(parts, parts)).isEqualTo(3);
      assertThat(w.columnPart(parts, parts)).isEqualTo(4);
    }
  }

  @Test
  void aWrongPatternIsRefused() {
    refused(
        4, new int[] {0, 2}, new int[] {1, 1}, "row 0 has column 1 after 1: expected ascending");
    refused(4, new int[] {0, 2}, new int[] {2, 1}, "row 0 has column 1 after 2");
    refused(4, new int[] {0, 1}, new int[] {4}, "ascending ones below 4");
    refused(4, new int[] {0, 1}, new int[] {-1}, "row 0 has column -1");
    refused(4, new int[] {0, 2, 1}, new int[] {0}, "row 0 ends at 2, beyond the 1 columns");
    refused(4, new int[] {0, 1, 0, 1}, new int[] {0}, "row 1 ends at 0, before it begins");
    refused(4, new int[] {0, 1}, new int[] {0, 1}, "the last row ends at 1, but there are 2");
    refused(4, new int[] {1, 1}, new int[] {0}, "begin with 0");
    refused(4, new int[] {}, new int[] {}, "begin with 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparsePattern.of(2, 3, new boolean[5]))
        .withMessage("sparse pattern: 2 x 3 takes as many values, not 5");
  }

  private static void refused(int columns, int[] rowStart, int[] column, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SparsePattern(columns, rowStart, column))
        .withMessageContaining(why);
  }

  @Test
  void wrongShapesAreNamed() {
    SparsePattern w = random(3, 4, 1, 1);
    Tensor values = Tensor.zeros(Shape.of(12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseProduct.multiply(w, values, Tensor.zeros(Shape.of(3, 2)), null))
        .withMessage("sparse product: x [3, 2] and 3 x 4 with 12 kept: expected [4, N]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseProduct.multiplyTransposed(w, Tensor.scalar(1), Tensor.scalar(1)))
        .withMessage(
            "sparse product: values []: expected [12], as many as 3 x 4 with 12 kept keeps");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SparseProduct.sampled(
                    w, Tensor.zeros(Shape.of(3, 2)), Tensor.zeros(Shape.of(4, 5))))
        .withMessage("sparse product: gradient [3, 2] and x [4, 5]: batches differ");
  }

  static SparsePattern random(int rows, int columns, double density, long seed) {
    boolean[] keep = new boolean[rows * columns];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = new Seed(seed).child("keep").uniform(i) < density;
    }
    return SparsePattern.of(rows, columns, keep);
  }
}
