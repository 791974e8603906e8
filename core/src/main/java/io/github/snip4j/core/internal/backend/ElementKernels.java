package io.github.snip4j.core.internal.backend;

/**
 * Functions of each element of a run. The functions of {@link FloatMath} have its bits in every
 * implementation.
 *
 * <p>All take {@code n} elements from the positions that follow the arrays. What they write
 * overlaps with nothing that they read: several write first what they read again. Only {@link
 * #exp}, {@link #tanh}, {@link #sigmoid} and the gradients of the last two may write where they
 * read.
 */
public interface ElementKernels {
  /** y[i] = f(x[i]). */
  @FunctionalInterface
  interface Map {
    void run(int n, float[] x, int xAt, float[] y, int yAt);
  }

  /** dx[i] = dy[i] f'(v[i]); v is the value or the argument of f, whichever is said. */
  @FunctionalInterface
  interface Gradient {
    void run(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt);
  }

  /** y = e<sup>x</sup>. */
  void exp(int n, float[] x, int xAt, float[] y, int yAt);

  /** y = ln x. */
  void log(int n, float[] x, int xAt, float[] y, int yAt);

  /** y = tanh x. */
  void tanh(int n, float[] x, int xAt, float[] y, int yAt);

  /** dx = dy (1 - v²), of the value. */
  void tanhGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt);

  /** y = 1 / (1 + e<sup>-x</sup>). */
  void sigmoid(int n, float[] x, int xAt, float[] y, int yAt);

  /** dx = dy v (1 - v), of the value. */
  void sigmoidGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt);

  /** y = ln(1 + e<sup>x</sup>); y must not be the run x. */
  void softplus(int n, float[] x, int xAt, float[] y, int yAt);

  /** dx = dy sigmoid(x), of the argument. */
  void softplusGradient(int n, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt);

  /** y = x Φ(x), Φ the standard normal distribution. */
  void gelu(int n, float[] x, int xAt, float[] y, int yAt);

  /** dx = dy (Φ(x) + x φ(x)), of the argument. */
  void geluGradient(int n, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt);

  /** y = max(x, 0); NaN stays NaN. */
  void relu(int n, float[] x, int xAt, float[] y, int yAt);

  /** dx = 0 where {@code v <= 0}, else dy, also where v is NaN; v is the value or the argument. */
  void reluGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt);

  /** y = x where {@code x > 0}, else slope x; NaN stays NaN. */
  void leakyRelu(int n, float slope, float[] x, int xAt, float[] y, int yAt);

  /** dx = dy where {@code v > 0}, else slope dy; v is the argument. */
  void leakyReluGradient(
      int n, float slope, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt);
}
