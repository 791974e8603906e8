package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.LANES;

import java.util.Arrays;

/**
 * {@link io.github.snip4j.core.internal.backend.SparseKernels#dots}: up to eight vectors of u in
 * registers while all values pass by.
 *
 * <p>Implementation note: a run that is no multiple of a vector ends with one that lies over part
 * of the one before; there u counts as 0, so that nothing counts twice and nothing is read beyond
 * the run.
 */
final class SimdSddmm {
  /** A vector of zeros, then one of ones: what begins in between has some of each. */
  private static final float[] STEP = step();

  private SimdSddmm() {}

  private static float[] step() {
    float[] step = new float[2 * LANES];
    Arrays.fill(step, LANES, 2 * LANES, 1f);
    return step;
  }

  static void dots(
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
    for (int done = 0; done < run; ) {
      int width = ColumnTiles.width(run - done);
      int tile = ColumnTiles.vectors(width);
      int l = width - LANES;
      int ones = LANES - (tile * LANES - width); // so many lie over the vector before
      int p = uAt + done;
      int q = xAt + done;
      boolean more = add || done > 0;
      float[] s = more ? sums : STEP; // or its zeros
      int at = more ? sumsAt : 0;
      int step = more ? LANES : 0;
      switch (tile) {
        case 8 ->
            SddmmMicroKernel8.multiply(
                l, STEP, ones, u, p, offsets, from, to, x, q, s, at, step, sums, sumsAt);
        case 7 ->
            SddmmMicroKernel7.multiply(
                l, STEP, ones, u, p, offsets, from, to, x, q, s, at, step, sums, sumsAt);
        case 4 ->
            SddmmMicroKernel4.multiply(
                l, STEP, ones, u, p, offsets, from, to, x, q, s, at, step, sums, sumsAt);
        default ->
            SddmmMicroKernel2.multiply(
                l, STEP, ones, u, p, offsets, from, to, x, q, s, at, step, sums, sumsAt);
      }
      done += width;
    }
  }
}
