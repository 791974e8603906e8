package io.github.snip4j.core.internal.backend;

/**
 * Maximum over the taps of one window, for a contiguous run of examples. Sums over windows are
 * {@link SparseKernels#row}'s.
 */
public interface PoolKernels {
  /**
   * y[i] = max<sub>k</sub> x[offsets[k] + i], k in {@code [from, to)}; NaN wins.
   *
   * @param offsets into x, relative to {@code xAt}
   */
  void max(int run, int[] offsets, int from, int to, float[] x, int xAt, float[] y, int yAt);

  /**
   * Adds dy[i] to dx[offsets[k] + i] for the first k with x[offsets[k] + i] = y[i], where y is what
   * {@link #max} returned; a NaN equals a NaN here.
   *
   * @param offsets into x and dx, relative to {@code xAt} and {@code dxAt}
   */
  void maxGradient(
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
      int dxAt);
}
