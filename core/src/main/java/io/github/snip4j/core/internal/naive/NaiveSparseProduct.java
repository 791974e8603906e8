package io.github.snip4j.core.internal.naive;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Products with a matrix of which few elements are kept, as they are defined: the k-th kept value
 * is at row {@code row[k]} and column {@code column[k]}.
 */
public final class NaiveSparseProduct {
  private NaiveSparseProduct() {}

  /**
   * y = w x: each kept value times a row of x.
   *
   * @param x {@code [columns, N]}
   * @return {@code [rows, N]}
   */
  public static Tensor multiply(int rows, int[] row, int[] column, Tensor values, Tensor x) {
    int n = x.shape().dim(1);
    double[] y = new double[rows * n];
    for (int k = 0; k < row.length; k++) {
      for (int i = 0; i < n; i++) {
        y[row[k] * n + i] += (double) values.at(k) * x.at(column[k] * n + i);
      }
    }
    return NaiveSums.tensor(Shape.of(rows, n), y);
  }

  /**
   * ∂L/∂values from dy = ∂L/∂y: one dot product for each kept value, none for what is pruned.
   *
   * @param dy {@code [rows, N]}
   * @param x {@code [columns, N]}
   * @return {@code [kept]}
   */
  public static Tensor valueGradient(int[] row, int[] column, Tensor dy, Tensor x) {
    int n = x.shape().dim(1);
    double[] dw = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      for (int i = 0; i < n; i++) {
        dw[k] += (double) dy.at(row[k] * n + i) * x.at(column[k] * n + i);
      }
    }
    return NaiveSums.tensor(Shape.of(row.length), dw);
  }
}
