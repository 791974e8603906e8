package io.github.snip4j.core.simd;

import static io.github.snip4j.core.simd.Lanes.LANES;

import io.github.snip4j.core.backend.SparseKernels;

/**
 * {@link SparseKernels} with up to eight vectors of a row in registers over all of its values.
 *
 * <p>Implementation note: a row that is no multiple of a vector ends with one that lies over part
 * of the one before: both compute the same there. Seven vectors have a tile of their own, as that
 * is what a batch of 100 takes.
 */
final class SimdSparse implements SparseKernels {
  private final SparseKernels plain;

  /**
   * @param plain does the runs that are shorter than a vector
   */
  SimdSparse(SparseKernels plain) {
    this.plain = plain;
  }

  @Override
  public int block() {
    return LANES;
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
    if (run < LANES) {
      plain.row(run, start, values, offsets, from, to, x, xAt, y, yAt);
      return;
    }
    int done = 0;
    for (; run - done > 7 * LANES; ) {
      int width = Math.min(8 * LANES, run - done);
      SparseTile8.multiply(
          width - LANES, start, values, offsets, from, to, x, xAt + done, y, yAt + done);
      done += width;
    }
    while (done < run) {
      int left = run - done;
      int xEnd = xAt + done;
      int yEnd = yAt + done;
      if (left > 6 * LANES) {
        SparseTile7.multiply(left - LANES, start, values, offsets, from, to, x, xEnd, y, yEnd);
        done = run;
      } else if (left > 3 * LANES) {
        int width = Math.min(4 * LANES, left);
        SparseTile4.multiply(width - LANES, start, values, offsets, from, to, x, xEnd, y, yEnd);
        done += width;
      } else if (left > LANES) {
        int width = Math.min(2 * LANES, left);
        SparseTile2.multiply(width - LANES, start, values, offsets, from, to, x, xEnd, y, yEnd);
        done += width;
      } else { // a whole vector that ends where the run does
        int back = LANES - left;
        SparseTile2.multiply(0, start, values, offsets, from, to, x, xEnd - back, y, yEnd - back);
        done = run;
      }
    }
  }

  @Override
  public int stretch() {
    return 8 * LANES;
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
    for (int i = 0; i < run; i += 8 * LANES) {
      SparseTile8.add(values, offsets, from, to, x, xAt + i, y, yAt + i);
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
    SimdDots.dots(first, last, u, uAt, places, offsets, from, to, x, xAt, dots, add);
  }
}
