package io.github.snip4j.core.internal.naive;

import io.github.snip4j.core.internal.sparse.Matrix;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import org.junit.jupiter.api.Test;

class NaiveSparseProductTest {
  @Test
  void theFastProductsAreThoseOfTheDefinition() {
    boolean[] keep = new boolean[23 * 31];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = new Seed(1).uniform(i) < 0.2;
    }
    SparsePattern pattern = SparsePattern.of(Shape.of(23, 31), keep);
    int[] row = new int[pattern.count()];
    int[] column = new int[pattern.count()];
    for (int i = 0; i < pattern.rows(); i++) {
      for (int k = pattern.rowStart(i); k < pattern.rowStart(i + 1); k++) {
        row[k] = i;
        column[k] = pattern.column(k);
      }
    }
    Tensor values = RandomTensors.normal(2, pattern.count());
    Tensor x = RandomTensors.normal(3, 31, 19);
    Tensor dy = RandomTensors.normal(4, 23, 19);
    Matrix matrix = Matrix.of(pattern, values);
    Golden.assertClose(
        matrix.multiply(x, null), NaiveSparseProduct.multiply(23, row, column, values, x), 1e-6);
    Golden.assertClose(
        matrix.multiplyTransposed(dy),
        NaiveSparseProduct.multiply(31, column, row, values, dy),
        1e-6);
    Golden.assertClose(
        matrix.gradient(dy, x), NaiveSparseProduct.valueGradient(row, column, dy, x), 1e-6);
  }
}
