package io.github.snip4j.core.internal.blas;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;

/**
 * The product in plain Java: the reference, and what runs where nothing faster can be had.
 *
 * <p>Implementation note: a transposed B is laid out plainly first; then rows of C are sums of rows
 * of B, by the plain {@link IndirectGemmKernels}. The sum goes in blocks, so that the part of B in
 * use stays in the cache.
 */
final class ScalarGemm implements Gemm {
  private static final int ROWS_PER_PIECE = 64;
  private static final int DEPTH = 256;
  private static final long WORTH_SHARING = 1 << 17; // multiply-adds; some 20 microseconds

  private final IndirectGemmKernels taps = Kernels.plain().taps();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "scalar (plain Java)";
  }

  @Override
  public void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    float[] plainB = transposeB ? transpose(b, bOffset, n, k) : b;
    int plainBOffset = transposeB ? 0 : bOffset;
    int rowStep = transposeA ? 1 : k;
    int columnStep = transposeA ? m : 1;
    int rows = (long) m * n * k < WORTH_SHARING ? m : ROWS_PER_PIECE;
    int[] offsets = new int[Math.min(k, DEPTH)];
    for (int p = 0; p < offsets.length; p++) {
      offsets[p] = p * n;
    }
    Parallel.forRange(
        m,
        rows,
        (from, to) -> {
          int strips = (to - from - 1) / IndirectGemmKernels.MR + 1;
          float[] w = new float[strips * IndirectGemmKernels.MR * offsets.length];
          for (int p = 0; p < k; p += DEPTH) {
            int depth = Math.min(DEPTH, k - p);
            int step = depth * IndirectGemmKernels.MR;
            int first = aOffset + from * rowStep + p * columnStep;
            PanelPacking.panels(a, first, rowStep, columnStep, to - from, depth, w, 0);
            taps.taps(
                to - from,
                n,
                w,
                0,
                step,
                offsets,
                0,
                depth,
                plainB,
                plainBOffset + p * n,
                c,
                cOffset + from * n,
                n,
                accumulate || p > 0);
          }
        });
  }

  private static float[] transpose(float[] from, int offset, int rows, int columns) {
    float[] to = new float[rows * columns];
    PanelPacking.transpose(from, offset, 1, columns, columns, rows, to, 0, rows);
    return to;
  }
}
