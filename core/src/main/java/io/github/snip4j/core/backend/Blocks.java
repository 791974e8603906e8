package io.github.snip4j.core.backend;

import java.util.Arrays;

/**
 * A run cut into blocks of one length for {@link SparseKernels#dots}. Where the run is no multiple
 * of a block, the last one ends where the run does and so lies over part of the one before; there
 * the left factor is 0, so that nothing counts twice and nothing is read beyond the run.
 */
public final class Blocks {
  private Blocks() {}

  /** How many blocks a run takes, at least as long as a block. */
  public static int count(int run, int block) {
    return (run - 1) / block + 1;
  }

  /** Where each block of a run that starts at {@code at} is: {@code places[from ..]}. */
  public static void place(int run, int block, int at, int[] places, int from) {
    int count = count(run, block);
    for (int b = 0; b < count - 1; b++) {
      places[from + b] = at + b * block;
    }
    places[from + count - 1] = at + run - block;
  }

  /**
   * The left factor of a run, block by block.
   *
   * @param to gets {@code count(run, block) * block} elements from {@code toAt}
   */
  public static void cut(float[] u, int uAt, int run, int block, float[] to, int toAt) {
    int whole = run - run % block;
    System.arraycopy(u, uAt, to, toAt, whole);
    if (whole < run) {
      int overlap = block - (run - whole);
      Arrays.fill(to, toAt + whole, toAt + whole + overlap, 0f);
      System.arraycopy(u, uAt + whole, to, toAt + whole + overlap, run - whole);
    }
  }

  /**
   * {@link SparseKernels#dots} of runs that are shorter than a block: dots[k] = &Sigma;<sub>r,
   * i</sub> u[r run + i] x[offsets[k] + r xStep + i].
   *
   * @param rows how many runs, one after the other in u and {@code xStep} apart in x
   */
  public static void dotsOfShortRuns(
      int rows,
      int run,
      float[] u,
      int uAt,
      int xStep,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] dots) {
    for (int k = from; k < to; k++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        int at = xAt + offsets[k] + r * xStep;
        for (int i = 0; i < run; i++) {
          sum += u[uAt + r * run + i] * x[at + i];
        }
      }
      dots[k] = sum;
    }
  }
}
