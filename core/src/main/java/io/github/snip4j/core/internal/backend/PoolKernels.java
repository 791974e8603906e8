package io.github.snip4j.core.internal.backend;

/**
 * Maxima over the taps of windows, for a contiguous run of examples. Sums over windows are {@link
 * SparseKernels#row}'s.
 */
public interface PoolKernels {
  /**
   * y[t run + i] = max<sub>k</sub> x[offsets[k] + i], k in {@code [starts[t], starts[t + 1])}, for
   * each window t; NaN wins. All windows at once, as with one example the call takes longer than
   * the maximum.
   *
   * @param offsets into x, relative to {@code xAt}
   * @param starts where each window's offsets begin, and the last one's end; none is empty
   */
  void max(
      int run, int windows, int[] offsets, int[] starts, float[] x, int xAt, float[] y, int yAt);

  /**
   * Adds dy[i] to dx[offsets[k] + i], in one window, for the first k with x[offsets[k] + i] = y[i],
   * where y is what {@link #max} returned; a NaN equals a NaN here.
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
