package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

/**
 * Tiles of which a part is used, at the edges of a matrix. They are computed in an array of their
 * own; then the part is added to the matrix, or replaces what is there, as a whole tile does.
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
    float[] zeros = MicroKernel8x2.ZEROS;
    if (wide) {
      MicroKernel8x2.multiply(w, wAt, offsets, from, to, x, xAt, zeros, 0, 0, tile, 0, step);
    } else {
      MicroKernel8x1.multiply(w, wAt, offsets, from, to, x, xAt, zeros, 0, 0, tile, 0, step);
    }
    unload(tile, skip, step, rows, columns, y, yAt, yStep, add);
  }

  /** Rows and columns of a tile, {@code step} between its rows, to y, or added to it. */
  static void unload(
      float[] tile,
      int at,
      int step,
      int rows,
      int columns,
      float[] y,
      int yAt,
      int yStep,
      boolean add) {
    for (int r = 0; r < rows; r++) {
      int from = at + r * step;
      int to = yAt + r * yStep;
      if (add) {
        for (int q = 0; q < columns; q++) {
          y[to + q] += tile[from + q];
        }
      } else {
        System.arraycopy(tile, from, y, to, columns);
      }
    }
  }
}
