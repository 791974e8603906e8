package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.blas.Gemm;
import io.github.snip4j.core.blas.GemmChoice;

/** Rows of a cell's matrix, {@code [M, K]}, and their products at one time step. */
final class GateMatrix {
  private final Gemm gemm = GemmChoice.chosen();
  private final int m;
  private final int k;
  private final int n;
  private final float[] w;
  private final int wAt;

  GateMatrix(int m, int k, int n, float[] w, int wAt) {
    this.m = m;
    this.k = k;
    this.n = n;
    this.w = w;
    this.wAt = wAt;
  }

  /** y = w x, x {@code [K, N]}, y {@code [M, N]}. */
  void apply(float[] x, int xAt, float[] y, int yAt) {
    gemm.multiply(false, false, m, n, k, w, wAt, x, xAt, y, yAt, false);
  }

  /** dx = w<sup>T</sup> dy. */
  void pullBack(float[] dy, int dyAt, float[] dx) {
    gemm.multiply(true, false, k, n, m, w, wAt, dy, dyAt, dx, 0, false);
  }

  /**
   * dw = dw + dy x<sup>T</sup>.
   *
   * @param first whether dw holds nothing yet
   */
  void addGradient(float[] dy, int dyAt, float[] x, int xAt, float[] dw, int dwAt, boolean first) {
    gemm.multiply(false, true, m, k, n, dy, dyAt, x, xAt, dw, dwAt, !first);
  }
}
