package io.github.snip4j.core.internal.backend;

/** Tap by tap, and the gradient example by example. */
final class PlainPools implements PoolKernels {
  @Override
  public void max(
      int run, int[] offsets, int from, int to, float[] x, int xAt, float[] y, int yAt) {
    System.arraycopy(x, xAt + offsets[from], y, yAt, run);
    for (int k = from + 1; k < to; k++) {
      int tap = xAt + offsets[k];
      for (int i = 0; i < run; i++) {
        y[yAt + i] = Math.max(x[tap + i], y[yAt + i]);
      }
    }
  }

  @Override
  public void maxGradient(
      int run,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt) {
    for (int i = 0; i < run; i++) {
      float largest = y[yAt + i];
      int k = from;
      while (k < to - 1 && !same(x[xAt + offsets[k] + i], largest)) {
        k++;
      }
      dx[dxAt + offsets[k] + i] += dy[dyAt + i];
    }
  }

  private static boolean same(float value, float largest) {
    return value == largest || Float.isNaN(value);
  }
}
