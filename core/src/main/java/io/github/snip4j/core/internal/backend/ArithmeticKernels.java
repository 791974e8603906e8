package io.github.snip4j.core.internal.backend;

/**
 * Sums, products and maxima of runs, element by element.
 *
 * <p>All take {@code n} elements from the positions that follow the arrays. What they write
 * overlaps with nothing that they read, unless it is the same run.
 */
public interface ArithmeticKernels {
  /** y = a + b. */
  void add(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt);

  /** y = a - b. */
  void subtract(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt);

  /** y = a b. */
  void multiply(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt);

  /** y = a / b. */
  void divide(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt);

  /** y = max(x, y); NaN in either stays. */
  void maxTo(int n, float[] x, int xAt, float[] y, int yAt);

  /** y = factor x. */
  void scale(int n, float factor, float[] x, int xAt, float[] y, int yAt);

  /** y = y + factor x. */
  void addTo(int n, float factor, float[] x, int xAt, float[] y, int yAt);

  /** y = y + x, in rows of {@code n}, which begin {@code xStep} and {@code yStep} apart. */
  void addRowsTo(int rows, int n, float[] x, int xAt, int xStep, float[] y, int yAt, int yStep);

  /** y = x, in rows of {@code n}, which begin {@code xStep} and {@code yStep} apart. */
  void copyRows(int rows, int n, float[] x, int xAt, int xStep, float[] y, int yAt, int yStep);

  /** y = (x - mean) factor + shift. */
  void normalize(
      int n, float mean, float factor, float shift, float[] x, int xAt, float[] y, int yAt);

  /** dx = dy factor + (x - mean) slope + shift. */
  void normalizeGradient(
      int n,
      float factor,
      float[] dy,
      int dyAt,
      float mean,
      float slope,
      float[] x,
      int xAt,
      float shift,
      float[] dx,
      int dxAt);
}
