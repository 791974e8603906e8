package io.github.snip4j.core.internal.backend;

import java.util.Arrays;

/**
 * Implementation note: rows as {@link PlainIndirectGemm}; dots with eight sums that do not wait for
 * each other.
 */
final class PlainSparse implements SparseKernels {
  private static final int AT_ONCE = 8;

  @Override
  public int lanes() {
    return 1;
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
      int run,
      float[] u,
      int uAt,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] sums,
      int sumsAt,
      boolean add) {
    for (int k = from; k < to; k++) {
      float dot = dot(run, u, uAt, x, xAt + offsets[k]);
      sums[sumsAt + k - from] = add ? sums[sumsAt + k - from] + dot : dot;
    }
  }

  private static float dot(int run, float[] u, int uAt, float[] x, int xAt) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = run - run % AT_ONCE;
    for (int i = 0; i < whole; i += AT_ONCE) {
      s0 += u[uAt + i] * x[xAt + i];
      s1 += u[uAt + i + 1] * x[xAt + i + 1];
      s2 += u[uAt + i + 2] * x[xAt + i + 2];
      s3 += u[uAt + i + 3] * x[xAt + i + 3];
      s4 += u[uAt + i + 4] * x[xAt + i + 4];
      s5 += u[uAt + i + 5] * x[xAt + i + 5];
      s6 += u[uAt + i + 6] * x[xAt + i + 6];
      s7 += u[uAt + i + 7] * x[xAt + i + 7];
    }
    for (int i = whole; i < run; i++) {
      s0 += u[uAt + i] * x[xAt + i];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  @Override
  public void addUp(int count, float[] sums, int sumsAt, float[] dots, int dotsAt) {
    System.arraycopy(sums, sumsAt, dots, dotsAt, count);
  }
}
