package io.github.snip4j.core.internal.backend;

/**
 * Sums of shifted runs: what a matrix product and a convolution are in batch-last layout.
 *
 * <p>y[r, i] = Σ<sub>p</sub> w[r, p] x[offset[p] + i], for rows r and a contiguous run of i. In a
 * product, offset[p] is where row p of the right matrix starts; in a convolution, where the input
 * lies that one tap of the filter sees.
 */
public interface IndirectGemmKernels {
  /** Weights are packed in strips of this many rows, so that one term's lie side by side. */
  int MR = 8;

  /**
   * {@code y = }, or {@code y += }, the sum over p from {@code from} to {@code to}, in ascending
   * order.
   *
   * @param rows how many rows of y
   * @param run how many elements of each
   * @param w packed: row r's weight for term p is {@code w[wAt + r/8*wStep + (p - from)*8 + r%8]};
   *     the last strip is filled up with zeros
   * @param wStep from one strip to the next
   * @param offsets of each term into x, relative to {@code xAt}
   * @param y row r starts at {@code yAt + r*yStep}
   */
  void taps(
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
      boolean add);
}
