package io.github.snip4j.core.backend;

import java.util.Arrays;

/** Implementation note: rows as {@link PlainTaps}; dots with eight sums that do not wait. */
final class PlainSparse implements SparseKernels {
  private static final int BLOCK = 8;

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public void row(
      int run,
      float start,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    Arrays.fill(y, yAt, yAt + run, start);
    addRow(run, values, offsets, from, to, x, xAt, y, yAt);
  }

  @Override
  public int stretch() {
    return 1;
  }

  @Override
  public void addRow(
      int run,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    int k = from;
    for (; k + 3 < to; k += 4) {
      float v0 = values[k];
      float v1 = values[k + 1];
      float v2 = values[k + 2];
      float v3 = values[k + 3];
      int x0 = xAt + offsets[k];
      int x1 = xAt + offsets[k + 1];
      int x2 = xAt + offsets[k + 2];
      int x3 = xAt + offsets[k + 3];
      for (int i = 0; i < run; i++) {
        y[yAt + i] += v0 * x[x0 + i] + v1 * x[x1 + i] + v2 * x[x2 + i] + v3 * x[x3 + i];
      }
    }
    for (; k < to; k++) {
      float v0 = values[k];
      int x0 = xAt + offsets[k];
      for (int i = 0; i < run; i++) {
        y[yAt + i] += v0 * x[x0 + i];
      }
    }
  }

  @Override
  public void dots(
      int first,
      int last,
      float[] u,
      int uAt,
      int[] places,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] dots,
      boolean add) {
    for (int k = from; k < to; k++) {
      float dot = dot(first, last, u, uAt, places, x, xAt + offsets[k]);
      dots[k] = add ? dots[k] + dot : dot;
    }
  }

  private static float dot(
      int first, int last, float[] u, int uAt, int[] places, float[] x, int xAt) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    uAt += first * BLOCK;
    for (int b = first; b < last; b++) {
      int at = xAt + places[b];
      s0 += u[uAt] * x[at];
      s1 += u[uAt + 1] * x[at + 1];
      s2 += u[uAt + 2] * x[at + 2];
      s3 += u[uAt + 3] * x[at + 3];
      s4 += u[uAt + 4] * x[at + 4];
      s5 += u[uAt + 5] * x[at + 5];
      s6 += u[uAt + 6] * x[at + 6];
      s7 += u[uAt + 7] * x[at + 7];
      uAt += BLOCK;
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }
}
