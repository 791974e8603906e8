package io.github.snip4j.core.internal.backend;

/** Tap by tap, and the gradient example by example. */
final class PlainPools implements PoolKernels {
  @Override
  public void max(
      int run, int windows, int[] offsets, int[] starts, float[] x, int xAt, float[] y, int yAt) {
    if (run == 1) {
      for (int t = 0; t < windows; t++) {
        y[yAt + t] = maxOfOne(offsets, starts[t], starts[t + 1], x, xAt);
      }
      return;
    }
    for (int t = 0; t < windows; t++) {
      int to = yAt + t * run;
      System.arraycopy(x, xAt + offsets[starts[t]], y, to, run);
      for (int k = starts[t] + 1; k < starts[t + 1]; k++) {
        int tap = xAt + offsets[k];
        for (int i = 0; i < run; i++) {
          y[to + i] = Math.max(x[tap + i], y[to + i]);
        }
      }
    }
  }

  /** For one example, whose taps lie apart. */
  private static float maxOfOne(int[] offsets, int from, int to, float[] x, int xAt) {
    float largest = x[xAt + offsets[from]];
    for (int k = from + 1; k < to; k++) {
      largest = Math.max(x[xAt + offsets[k]], largest);
    }
    return largest;
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
