package io.github.snip4j.core.blas;

import io.github.snip4j.core.parallel.Parallel;
import java.util.Arrays;

/**
 * The product in plain Java: the reference, and what runs where nothing faster can be had.
 *
 * <p>Implementation note: transposed operands are laid out plainly first. Then each row of C adds
 * up rows of B, four at a time, in a loop that the JIT compiler turns into vector instructions. The
 * columns go in blocks, so that the part of B in use stays in the cache.
 */
final class ScalarGemm implements Gemm {
  private static final int COLUMNS = 512;
  private static final int ROWS_PER_PIECE = 8;
  private static final long WORTH_SHARING = 1 << 17; // multiply-adds; some 50 microseconds

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
    float[] plainA = transposeA ? transpose(a, aOffset, k, m) : a;
    int plainAOffset = transposeA ? 0 : aOffset;
    float[] plainB = transposeB ? transpose(b, bOffset, n, k) : b;
    int plainBOffset = transposeB ? 0 : bOffset;
    if (!accumulate) {
      Arrays.fill(c, cOffset, cOffset + m * n, 0f);
    }
    int rows = (long) m * n * k < WORTH_SHARING ? m : ROWS_PER_PIECE;
    Parallel.forRange(
        m,
        rows,
        (from, to) -> {
          for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            for (int i = from; i < to; i++) {
              int cAt = cOffset + i * n + j;
              addRow(columns, k, plainA, plainAOffset + i * k, plainB, plainBOffset + j, n, c, cAt);
            }
          }
        });
  }

  /** c[0..columns) += sum over p of a[p] * (row p of b). */
  private static void addRow(
      int columns, int k, float[] a, int aAt, float[] b, int bAt, int stride, float[] c, int cAt) {
    int p = 0;
    for (; p + 3 < k; p += 4) {
      float a0 = a[aAt + p];
      float a1 = a[aAt + p + 1];
      float a2 = a[aAt + p + 2];
      float a3 = a[aAt + p + 3];
      int b0 = bAt + p * stride;
      int b1 = b0 + stride;
      int b2 = b1 + stride;
      int b3 = b2 + stride;
      for (int j = 0; j < columns; j++) {
        c[cAt + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; p < k; p++) {
      float a0 = a[aAt + p];
      int b0 = bAt + p * stride;
      for (int j = 0; j < columns; j++) {
        c[cAt + j] += a0 * b[b0 + j];
      }
    }
  }

  private static float[] transpose(float[] from, int offset, int rows, int columns) {
    float[] to = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[offset + i * columns + j];
      }
    }
    return to;
  }
}
