package io.github.snip4j.core.internal.backend;

/**
 * {@link IndirectGemmKernels} with few terms per row: each row has values and offsets of its own.
 */
public interface SparseKernels {
  /** Over how many numbers {@link #dots} spreads each sum: a vector's lanes, or one. */
  int lanes();

  /**
   * One row of a sparse product: y[i] = start + Σ<sub>k</sub> values[k] x[offsets[k] + i], k in
   * {@code [from, to)} in ascending order, for {@code run} elements. No value is skipped.
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

  /**
   * Several rows of a sparse product: {@link #row} for each r in {@code [first, last)}, with its
   * values in {@code [begins[r], ends[endsAt + r])}, to {@code y[yAt + r * run]} and on.
   *
   * @param starts what row r starts from is at {@code startsAt + r}
   */
  default void rows(
      int first,
      int last,
      int run,
      float[] starts,
      int startsAt,
      float[] values,
      int[] offsets,
      int[] begins,
      int[] ends,
      int endsAt,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    for (int r = first; r < last; r++) {
      float start = starts[startsAt + r];
      row(run, start, values, offsets, begins[r], ends[endsAt + r], x, xAt, y, yAt + r * run);
    }
  }

  /**
   * Adds to a row: y[i] += Σ<sub>k</sub> values[k] x[offsets[k] + i]; otherwise as {@link #row}.
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
   * One row of a sparse product over several runs: {@link #row} for each, which lie {@code xStep}
   * and {@code yStep} apart.
   */
  default void runs(
      int runs,
      int run,
      float start,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep) {
    for (int r = 0; r < runs; r++) {
      row(run, start, values, offsets, from, to, x, xAt + r * xStep, y, yAt + r * yStep);
    }
  }

  /** Adds to several runs: {@link #addRow} for each; otherwise as {@link #runs}. */
  default void addRuns(
      int runs,
      int run,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep) {
    for (int r = 0; r < runs; r++) {
      addRow(run, values, offsets, from, to, x, xAt + r * xStep, y, yAt + r * yStep);
    }
  }

  /**
   * Products sampled at the kept places, spread over lanes: the numbers from {@code sums[sumsAt +
   * (k - from)*lanes()]} on, as many as there are lanes, are or gain together Σ<sub>i</sub> u[uAt +
   * i] x[xAt + offsets[k] + i], k in {@code [from, to)}, for {@code run} elements.
   *
   * @param add whether the sums gain it
   */
  void dots(
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
      boolean add);

  /**
   * Adds to the sums of {@link #dots} the products of several runs of u and of x, which lie {@code
   * uStep} and {@code xStep} apart.
   */
  default void addDots(
      int runs,
      int run,
      float[] u,
      int uAt,
      int uStep,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] sums,
      int sumsAt) {
    for (int r = 0; r < runs; r++) {
      int p = uAt + r * uStep;
      dots(run, u, p, offsets, from, to, x, xAt + r * xStep, sums, sumsAt, true);
    }
  }

  /**
   * Sums that are spread over lanes, each as one number: dots[dotsAt + q] for q below {@code
   * count}. They are added up in an order that is the same for each.
   *
   * @param sums of {@link #dots}, from {@code sumsAt}
   */
  void addUp(int count, float[] sums, int sumsAt, float[] dots, int dotsAt);
}
