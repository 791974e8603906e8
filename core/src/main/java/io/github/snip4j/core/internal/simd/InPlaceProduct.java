package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.parallel.Parallel;

/**
 * A product of few rows with a matrix that is read where it lies, as its rows are long enough for
 * vectors, and short enough that a block of them stays in L2. A network's last layer is like that.
 */
final class InPlaceProduct {
  /** 256 rows of B, half of L2; beyond, rows at powers of two apart would evict each other. */
  private static final int WIDEST = 512;

  /** With more rows of A than these it pays to pack B. */
  private static final int MOST_ROWS = 4 * IndirectGemmKernels.MR;

  private static final int DEPTH = PackedProduct.DEPTH;

  private final IndirectGemmKernels taps;
  private final ThreadLocal<float[]> packedA =
      ThreadLocal.withInitial(() -> new float[MOST_ROWS * DEPTH]);
  private final ThreadLocal<int[]> rowOffsets = ThreadLocal.withInitial(() -> new int[DEPTH]);

  InPlaceProduct(IndirectGemmKernels taps) {
    this.taps = taps;
  }

  static boolean suits(int m, int n) {
    return m <= MOST_ROWS && n >= Lanes.LANES && n <= WIDEST;
  }

  void multiply(
      Operand left,
      int m,
      int n,
      int k,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    Parallel.forRange(
        m,
        SimdGemm.worthSharing(m, n, k) ? IndirectGemmKernels.MR : m,
        (from, to) ->
            rows(left, from, to - from, n, k, b, bOffset, c, cOffset + from * n, accumulate));
  }

  private void rows(
      Operand left,
      int row,
      int rows,
      int n,
      int k,
      float[] b,
      int bOffset,
      float[] c,
      int cAt,
      boolean accumulate) {
    float[] w = packedA.get();
    int[] offsets = rowOffsets.get();
    for (int p = 0; p < Math.min(k, DEPTH); p++) {
      offsets[p] = p * n;
    }
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      left.pack(row, rows, p, depth, w, 0);
      int step = depth * IndirectGemmKernels.MR;
      int bAt = bOffset + p * n;
      taps.taps(rows, n, w, 0, step, offsets, 0, depth, b, bAt, c, cAt, n, accumulate || p > 0);
    }
  }
}
