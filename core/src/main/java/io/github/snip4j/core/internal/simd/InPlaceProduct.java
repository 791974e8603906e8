package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.parallel.Parallel;

/**
 * A product whose right matrix is read where it lies: its rows are long enough for vectors, and
 * short enough that a block of them stays in L2. Activations are like that, with the batch as their
 * last axis.
 */
final class InPlaceProduct {
  /** 256 rows of B, half of L2; beyond, rows at powers of two apart would evict each other. */
  private static final int WIDEST = 512;

  /** Rows of A per block: 64 KiB at a depth of 256, in L2 beside B. */
  private static final int HEIGHT = 64;

  private static final int DEPTH = PackedProduct.DEPTH;
  private static final int PIECES = 8;

  private final IndirectGemmKernels taps;
  private final ThreadLocal<float[]> packedA =
      ThreadLocal.withInitial(() -> new float[HEIGHT * DEPTH]);
  private final ThreadLocal<int[]> rowOffsets = ThreadLocal.withInitial(() -> new int[DEPTH]);

  InPlaceProduct(IndirectGemmKernels taps) {
    this.taps = taps;
  }

  static boolean suits(int n) {
    return n >= Lanes.LANES && n <= WIDEST;
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
    int height = m;
    if (SimdGemm.worthSharing(m, n, k)) {
      int strips = (m - 1) / IndirectGemmKernels.MR + 1;
      height =
          IndirectGemmKernels.MR
              * Math.min(HEIGHT / IndirectGemmKernels.MR, (strips - 1) / PIECES + 1);
    }
    int rowsAtOnce = Math.min(HEIGHT, height);
    Parallel.forRange(
        m,
        height,
        (from, to) -> {
          for (int row = from; row < to; row += rowsAtOnce) {
            int rows = Math.min(rowsAtOnce, to - row);
            rows(left, row, rows, n, k, b, bOffset, c, cOffset + row * n, accumulate);
          }
        });
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
