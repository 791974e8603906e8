package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.blas.Gemm;

/**
 * The product on the Vector API: by {@link VectorProduct} where one side is a vector, by {@link
 * InPlaceProduct} where few rows meet the right matrix, by {@link BatchProduct} where that is no
 * wider than a batch and not lower than a tile, else by {@link PackedProduct}.
 *
 * <p>Each element of C is the sum over k in an order that the shapes alone decide: the bits do not
 * depend on the threads.
 */
public final class SimdGemm implements Gemm {
  private static final long WORTH_SHARING = 1 << 18; // multiply-adds; some 5 microseconds

  private final VectorProduct vectors;
  private final InPlaceProduct inPlace;
  private final BatchProduct batch = new BatchProduct();
  private final PackedProduct packed = new PackedProduct();

  /**
   * Nothing to set up; loaded by name.
   *
   * @throws UnsupportedOperationException if this processor's vectors are too short to gain by
   */
  public SimdGemm() {
    Kernels kernels = new SimdKernels().get();
    vectors = new VectorProduct(kernels.sparse());
    inPlace = new InPlaceProduct(kernels.taps());
  }

  /** Whether a product is large enough to hand part of it to another thread. */
  static boolean worthSharing(int m, int n, int k) {
    return (long) m * n * k >= WORTH_SHARING;
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String description() {
    return "simd (Vector API, " + Lanes.LANES + " floats per vector)";
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
    if (n == 1) {
      vectors.multiply(a, aOffset, transposeA, m, k, b, bOffset, c, cOffset, accumulate);
    } else if (m == 1) {
      vectors.multiply(b, bOffset, !transposeB, n, k, a, aOffset, c, cOffset, accumulate);
    } else {
      Operand left = new Operand(a, aOffset, transposeA ? 1 : k, transposeA ? m : 1);
      Operand right = new Operand(b, bOffset, transposeB ? 1 : n, transposeB ? k : 1);
      if (!transposeB && InPlaceProduct.suits(m, n)) {
        inPlace.multiply(left, m, n, k, b, bOffset, c, cOffset, accumulate);
      } else if (BatchProduct.suits(m, n)) {
        batch.multiply(left, right, m, n, k, c, cOffset, accumulate);
      } else {
        packed.multiply(left, right, m, n, k, c, cOffset, accumulate);
      }
    }
  }
}
