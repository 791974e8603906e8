package io.github.snip4j.snip.rival;

/**
 * A = L Lᵀ of a symmetric positive definite matrix in double, L lower triangular [Golub, Van Loan,
 * <i>Matrix computations</i>, section 4.2].
 *
 * <p>Row by row: an element of L is a dot product of two rows that are known. A block of rows is
 * computed at a time, so that each row that is read serves all of them.
 */
final class Cholesky {
  private static final int BLOCK = 32; // rows that stay in L2 while those above them pass by

  private final double[] l; // [n, n], row-major; above the diagonal 0
  private final int n;

  private Cholesky(double[] l, int n) {
    this.l = l;
    this.n = n;
  }

  /**
   * Factorises a matrix.
   *
   * @param a {@code [n, n]}, of which the lower triangle is read; not modified
   * @throws IllegalArgumentException if it is not positive definite
   */
  static Cholesky of(double[] a, int n) {
    double[] l = new double[n * n];
    for (int first = 0; first < n; first += BLOCK) {
      int end = Math.min(n, first + BLOCK);
      for (int j = 0; j < end; j++) {
        for (int i = Math.max(first, j); i < end; i++) {
          double rest = a[i * n + j] - dot(l, i * n, j * n, j);
          l[i * n + j] = i == j ? root(rest, j) : rest / l[j * n + j];
        }
      }
    }
    return new Cholesky(l, n);
  }

  private static double root(double rest, int j) {
    if (!(rest > 0 && rest <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "cholesky: row " + j + " leaves " + rest + ": expected a positive definite matrix");
    }
    return Math.sqrt(rest);
  }

  /** Four sums, so that one addition need not wait for the one before. */
  private static double dot(double[] l, int row, int other, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 4 <= length; k += 4) {
      s0 += l[row + k] * l[other + k];
      s1 += l[row + k + 1] * l[other + k + 1];
      s2 += l[row + k + 2] * l[other + k + 2];
      s3 += l[row + k + 3] * l[other + k + 3];
    }
    for (; k < length; k++) {
      s0 += l[row + k] * l[other + k];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** x with A x = b; b is not modified. */
  double[] solve(double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      double sum = x[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i * n + k] * x[k];
      }
      x[i] = sum / l[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double value = x[i] / l[i * n + i];
      x[i] = value;
      for (int k = 0; k < i; k++) {
        x[k] -= l[i * n + k] * value;
      }
    }
    return x;
  }

  /** L⁻¹, lower triangular. */
  private double[] inverseFactor() {
    double[] m = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        addRow(m, i * n, -l[i * n + k], m, k * n, k + 1);
      }
      m[i * n + i] = 1;
      for (int j = 0; j <= i; j++) {
        m[i * n + j] /= l[i * n + i];
      }
    }
    return m;
  }

  /** The diagonal of A⁻¹, in half the time of all of it. */
  double[] inverseDiagonal() {
    double[] m = inverseFactor();
    double[] diagonal = new double[n];
    for (int k = 0; k < n; k++) {
      for (int j = 0; j <= k; j++) {
        diagonal[j] += m[k * n + j] * m[k * n + j];
      }
    }
    return diagonal;
  }

  /** A⁻¹ = L⁻ᵀ L⁻¹, {@code [n, n]}, both triangles. */
  double[] inverse() {
    double[] m = inverseFactor();
    double[] inverse = new double[n * n];
    for (int k = 0; k < n; k++) { // the sum over k of m[k, :]ᵀ m[k, :]
      for (int i = 0; i <= k; i++) {
        addRow(inverse, i * n, m[k * n + i], m, k * n, i + 1);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        inverse[j * n + i] = inverse[i * n + j];
      }
    }
    return inverse;
  }

  /** y[to ..] += factor x[from ..], as many as length. */
  private static void addRow(double[] y, int to, double factor, double[] x, int from, int length) {
    for (int j = 0; j < length; j++) {
      y[to + j] += factor * x[from + j];
    }
  }
}
