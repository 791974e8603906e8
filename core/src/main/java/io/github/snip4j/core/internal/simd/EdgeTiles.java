package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

/**
 * Tiles of which a part is used, at the edges of a matrix: computed in an array of their own, from
 * what that part holds already, so that each sum has the order that it has in a whole tile.
 */
final class EdgeTiles {
  private EdgeTiles() {}

  /** An array for one tile. */
  static float[] tile() {
    return new float[MR * StridedMicroKernel8x3.COLUMNS];
  }

  /**
   * A part of {@link MicroKernel8x2#multiply}, or of {@link MicroKernel8x1#multiply}.
   *
   * @param tile what {@link #tile} made
   * @param wide whether it is two vectors wide
   * @param rows that are used, from the first one on
   * @param skip columns before those that are used
   * @param columns that are used
   * @param y where the part belongs, {@code yStep} between its rows
   * @param add to what y holds
   */
  static void multiply(
      float[] tile,
      boolean wide,
      float[] w,
      int wAt,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int rows,
      int skip,
      int columns,
      float[] y,
      int yAt,
      int yStep,
      boolean add) {
    int step = wide ? MicroKernel8x2.COLUMNS : MicroKernel8x1.COLUMNS;
    float[] start = add ? tile : MicroKernel8x2.ZEROS;
    int startStep = add ? step : 0;
    if (add) {
      copy(y, yAt, yStep, tile, skip, step, rows, columns);
    }
    if (wide) {
      MicroKernel8x2.multiply(
          w, wAt, offsets, from, to, x, xAt, start, 0, startStep, tile, 0, step);
    } else {
      MicroKernel8x1.multiply(
          w, wAt, offsets, from, to, x, xAt, start, 0, startStep, tile, 0, step);
    }
    copy(tile, skip, step, y, yAt, yStep, rows, columns);
  }

  /** Copies a block of a matrix into another one. */
  static void copy(
      float[] from, int at, int step, float[] to, int toAt, int toStep, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, at + r * step, to, toAt + r * toStep, columns);
    }
  }
}
