package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;

/**
 * A matrix times a vector: dot products of its rows, or, where it is transposed, its rows added up.
 */
final class VectorProduct {
  private static final int PIECE = 1 << 17; // multiply-adds; some 10 microseconds

  private final SparseKernels kernels;

  /**
   * @param kernels a product with a vector is one row of a sparse one
   */
  VectorProduct(SparseKernels kernels) {
    this.kernels = kernels;
  }

  /**
   * y = op(A) x, or y += op(A) x.
   *
   * @param transposed whether A is stored as {@code [k, m]}
   */
  void multiply(
      float[] a,
      int aAt,
      boolean transposed,
      int m,
      int k,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      boolean accumulate) {
    float[] product = new float[m];
    if (transposed) {
      addRows(a, aAt, m, k, x, xAt, product);
    } else {
      dotRows(a, aAt, m, k, x, xAt, product);
    }
    for (int i = 0; i < m; i++) {
      y[yAt + i] = accumulate ? y[yAt + i] + product[i] : product[i];
    }
  }

  private void addRows(float[] a, int aAt, int m, int k, float[] x, int xAt, float[] product) {
    float[] values = new float[k];
    System.arraycopy(x, xAt, values, 0, k);
    int[] offsets = PackedProduct.multiples(m, k);
    int tile = 8 * Lanes.LANES;
    Parallel.forRange(
        m,
        tile * (PIECE / tile / k + 1),
        (from, to) ->
            kernels.row(to - from, 0f, values, offsets, 0, k, a, aAt + from, product, from));
  }

  private void dotRows(float[] a, int aAt, int m, int k, float[] x, int xAt, float[] product) {
    int[] offsets = PackedProduct.multiples(k, m);
    int lanes = kernels.lanes();
    Parallel.forRange(
        m,
        8 * (PIECE / 8 / k + 1),
        (from, to) -> {
          float[] sums = new float[(to - from) * lanes];
          kernels.dots(k, x, xAt, offsets, from, to, a, aAt, sums, 0, false);
          kernels.addUp(to - from, sums, 0, product, from);
        });
  }
}
