package io.github.snip4j.core.backend;

/** {@link TapKernels} with few terms per row: each row has values and offsets of its own. */
public interface SparseKernels {
  /**
   * How many elements a block of {@link #dots} has: a vector's lanes, or what plain Java adds up
   * side by side.
   */
  int block();

  /**
   * One row of a sparse product: y[i] = start + &Sigma;<sub>k</sub> values[k] x[offsets[k] + i], k
   * in {@code [from, to)} in ascending order, for {@code run} elements. No value is skipped.
   *
   * @param offsets into x, relative to {@code xAt}
   */
  void row(
      int run,
      float start,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt);

  /** What the run of {@link #addRow} must be a multiple of. */
  int stretch();

  /**
   * Adds to a row: y[i] += &Sigma;<sub>k</sub> values[k] x[offsets[k] + i]; otherwise as {@link
   * #row}.
   *
   * @param run a multiple of {@link #stretch}
   */
  void addRow(
      int run,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt);

  /**
   * Products sampled at the kept places: dots[k] =, or +=, &Sigma;<sub>b</sub> &lt;block b of u, x
   * at offsets[k] + places[b]&gt;, k in {@code [from, to)}.
   *
   * @param first the first block b, and {@code last} the one after the last
   * @param u block b begins at {@code uAt + b * block()}
   * @param places of each block in x, relative to {@code xAt} and an offset
   */
  void dots(
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
      boolean add);
}
