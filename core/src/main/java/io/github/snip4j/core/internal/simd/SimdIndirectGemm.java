package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.LANES;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;

/**
 * {@link IndirectGemmKernels} in tiles of eight rows by two vectors.
 *
 * <p>Implementation note: all rows use a stretch of x before the next is begun, so that it stays in
 * L1. What is left at the end of a run, and a last strip with fewer rows, goes through a scratch
 * tile; the scratch tile of a run's end starts early enough to lie within the run, so nothing is
 * read beyond it.
 */
final class SimdIndirectGemm implements IndirectGemmKernels {
  private final IndirectGemmKernels plain;
  private final ThreadLocal<float[]> scratch =
      ThreadLocal.withInitial(() -> new float[MR * MicroKernel8x2.COLUMNS]);

  /**
   * @param plain does the runs that are shorter than a vector
   */
  SimdIndirectGemm(IndirectGemmKernels plain) {
    this.plain = plain;
  }

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
    if (run < LANES) {
      plain.taps(rows, run, w, wAt, wStep, offsets, from, to, x, xAt, y, yAt, yStep, add);
      return;
    }
    int wholeRows = rows - rows % MR;
    int wholeRun = run - run % MicroKernel8x2.COLUMNS;
    for (int i = 0; i < wholeRun; i += MicroKernel8x2.COLUMNS) {
      for (int r = 0; r < wholeRows; r += MR) {
        int strip = wAt + r / MR * wStep;
        int yTile = yAt + r * yStep + i;
        float[] start = add ? y : MicroKernel8x2.ZEROS;
        int startAt = add ? yTile : 0;
        int startStep = add ? yStep : 0;
        MicroKernel8x2.multiply(
            w, strip, offsets, from, to, x, xAt + i, start, startAt, startStep, y, yTile, yStep);
      }
      if (wholeRows < rows) {
        int strip = wAt + wholeRows / MR * wStep;
        float[] tile = scratch.get();
        toScratch(w, strip, offsets, from, to, x, xAt + i, tile, true);
        int yTile = yAt + wholeRows * yStep + i;
        unload(
            tile,
            0,
            MicroKernel8x2.COLUMNS,
            rows - wholeRows,
            y,
            yTile,
            yStep,
            MicroKernel8x2.COLUMNS,
            add);
      }
    }
    int left = run - wholeRun;
    if (left > 0) {
      end(rows, run, left, w, wAt, wStep, offsets, from, to, x, xAt, y, yAt, yStep, add);
    }
  }

  /** The last {@code left} elements of a run. */
  private void end(
      int rows,
      int run,
      int left,
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
    float[] tile = scratch.get();
    boolean wide = left > LANES && run >= MicroKernel8x2.COLUMNS;
    int columns = wide ? MicroKernel8x2.COLUMNS : LANES;
    for (int r = 0; r < rows; r += MR) {
      int strip = wAt + r / MR * wStep;
      int tileRows = Math.min(MR, rows - r);
      int yTile = yAt + r * yStep + run - left;
      if (wide) {
        int start = xAt + run - columns;
        toScratch(w, strip, offsets, from, to, x, start, tile, true);
        unload(tile, columns - left, columns, tileRows, y, yTile, yStep, left, add);
      } else {
        int first = Math.max(0, left - LANES); // elements before the last whole vector
        if (first > 0) {
          int start = xAt + run - left;
          toScratch(w, strip, offsets, from, to, x, start, tile, false);
          unload(tile, 0, columns, tileRows, y, yTile, yStep, first, add);
        }
        int rest = left - first;
        int start = xAt + run - LANES;
        toScratch(w, strip, offsets, from, to, x, start, tile, false);
        unload(tile, LANES - rest, columns, tileRows, y, yTile + first, yStep, rest, add);
      }
    }
  }

  /** A tile of its own, of {@link MicroKernel8x2#COLUMNS} or half as many. */
  static void toScratch(
      float[] w,
      int wAt,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] tile,
      boolean wide) {
    float[] zeros = MicroKernel8x2.ZEROS;
    if (wide) {
      MicroKernel8x2.multiply(
          w, wAt, offsets, from, to, x, xAt, zeros, 0, 0, tile, 0, MicroKernel8x2.COLUMNS);
    } else {
      MicroKernel8x1.multiply(
          w, wAt, offsets, from, to, x, xAt, zeros, 0, 0, tile, 0, MicroKernel8x1.COLUMNS);
    }
  }

  /** Rows of a scratch tile, from an element on, into y. */
  private static void unload(
      float[] tile,
      int at,
      int stride,
      int rows,
      float[] y,
      int yAt,
      int yStep,
      int columns,
      boolean add) {
    for (int r = 0; r < rows; r++) {
      int from = at + r * stride;
      int to = yAt + r * yStep;
      if (add) {
        for (int i = 0; i < columns; i++) {
          y[to + i] += tile[from + i];
        }
      } else {
        System.arraycopy(tile, from, y, to, columns);
      }
    }
  }
}
