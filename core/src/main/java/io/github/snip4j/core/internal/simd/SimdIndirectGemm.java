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
  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(EdgeTiles::tile);

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
        int yTile = yAt + wholeRows * yStep + i;
        int columns = MicroKernel8x2.COLUMNS;
        EdgeTiles.multiply(
            scratch.get(),
            true,
            w,
            strip,
            offsets,
            from,
            to,
            x,
            xAt + i,
            rows - wholeRows,
            0,
            columns,
            y,
            yTile,
            yStep,
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
        int skip = columns - left;
        EdgeTiles.multiply(
            tile, true, w, strip, offsets, from, to, x, start, tileRows, skip, left, y, yTile,
            yStep, add);
      } else {
        int first = Math.max(0, left - LANES); // elements before the last whole vector
        if (first > 0) {
          int start = xAt + run - left;
          EdgeTiles.multiply(
              tile, false, w, strip, offsets, from, to, x, start, tileRows, 0, first, y, yTile,
              yStep, add);
        }
        int rest = left - first;
        int start = xAt + run - LANES;
        EdgeTiles.multiply(
            tile,
            false,
            w,
            strip,
            offsets,
            from,
            to,
            x,
            start,
            tileRows,
            LANES - rest,
            rest,
            y,
            yTile + first,
            yStep,
            add);
      }
    }
  }
}
