package io.github.snip4j.core.backend;

import java.util.Arrays;

/**
 * Implementation note: four terms at a time, in a loop over the run that the JIT compiler turns
 * into vector instructions. The run goes in blocks, so that what four terms touch stays in L1.
 */
final class PlainTaps implements TapKernels {
  private static final int BLOCK = 512;

  @Override
  public void taps(
      int rows,
      int run,
      float[] w,
      int wAt,
      int wStep,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      int yStep,
      boolean add) {
    for (int i = 0; i < run; i += BLOCK) {
      int n = Math.min(BLOCK, run - i);
      for (int r = 0; r < rows; r++) {
        int yRow = yAt + r * yStep + i;
        if (!add) {
          Arrays.fill(y, yRow, yRow + n, 0f);
        }
        addRow(n, w, wAt + r / STRIP * wStep + r % STRIP, offsets, from, to, x, xAt + i, y, yRow);
      }
    }
  }

  private static void addRow(
      int n,
      float[] w,
      int wAt,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    int p = from;
    for (; p + 3 < to; p += 4) {
      float w0 = w[wAt];
      float w1 = w[wAt + STRIP];
      float w2 = w[wAt + 2 * STRIP];
      float w3 = w[wAt + 3 * STRIP];
      wAt += 4 * STRIP;
      int x0 = xAt + offsets[p];
      int x1 = xAt + offsets[p + 1];
      int x2 = xAt + offsets[p + 2];
      int x3 = xAt + offsets[p + 3];
      for (int i = 0; i < n; i++) {
        y[yAt + i] += w0 * x[x0 + i] + w1 * x[x1 + i] + w2 * x[x2 + i] + w3 * x[x3 + i];
      }
    }
    for (; p < to; p++) {
      float w0 = w[wAt];
      wAt += STRIP;
      int x0 = xAt + offsets[p];
      for (int i = 0; i < n; i++) {
        y[yAt + i] += w0 * x[x0 + i];
      }
    }
  }
}
