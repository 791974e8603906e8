package io.github.snip4j.core.internal.blas;

/**
 * The general matrix product on row-major arrays: one contract, three implementations.
 *
 * <p>{@code simd} is our own on the Vector API, {@code jblas} calls the native library, {@code
 * scalar} is plain Java. {@link GemmChoice} picks one per program.
 *
 * <p>Each gives the same bits for the same arguments, whatever the number of threads, and may be
 * called from several threads at once. They need not agree with each other in the last bits.
 */
public interface Gemm {
  /** The name that {@code -Dsnip4j.gemm} takes: {@code simd}, {@code jblas} or {@code scalar}. */
  String name();

  /** The name and what it runs on, for people. */
  String description();

  /**
   * {@code C = op(A) op(B)}, or {@code C = C + op(A) op(B)}, where op(A) is {@code [m, k]}, op(B)
   * is {@code [k, n]} and C is {@code [m, n]}.
   *
   * <p>The arguments are trusted: {@link MatrixProduct} checks them. A and B are not modified, C
   * is.
   *
   * @param transposeA whether A is stored as {@code [k, m]}
   * @param transposeB whether B is stored as {@code [n, k]}
   * @param accumulate whether the product is added to what C holds
   */
  void multiply(
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
      boolean accumulate);
}
