package io.github.snip4j.core.internal.blas;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Matrix products of tensors, on the chosen {@link Gemm}. */
public final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * {@code op(a) op(b)} as a new tensor.
   *
   * @param a {@code [m, k]}, or {@code [k, m]} if transposed
   * @param b {@code [k, n]}, or {@code [n, k]} if transposed
   * @return {@code [m, n]}
   * @throws IllegalArgumentException if one is not a matrix or the inner dimensions differ
   */
  public static Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    checkMatrices(a, b);
    Shape shape = Shape.of(outer(a, transposeA), inner(b, transposeB));
    Tensor c = inner(a, transposeA) == 0 ? Tensor.zeros(shape) : Tensor.uninitialized(shape);
    multiply(a, transposeA, b, transposeB, c, false);
    return c;
  }

  /** {@code a b}, neither transposed; as {@link #matmul(Tensor, boolean, Tensor, boolean)}. */
  public static Tensor matmul(Tensor a, Tensor b) {
    return matmul(a, false, b, false);
  }

  /**
   * {@code c = c + op(a) op(b)}; shapes and errors as {@link #matmul(Tensor, boolean, Tensor,
   * boolean)}.
   *
   * @param c {@code [m, n]}, modified
   */
  public static void addMatmul(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c) {
    checkMatrices(a, b);
    Shape expected = Shape.of(outer(a, transposeA), inner(b, transposeB));
    if (!c.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "matmul: the product has shape " + expected + ", its target " + c.shape());
    }
    multiply(a, transposeA, b, transposeB, c, true);
  }

  private static void multiply(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c, boolean accumulate) {
    int k = inner(a, transposeA);
    if (k != outer(b, transposeB)) {
      throw new IllegalArgumentException(
          ("matmul: " + a.shape() + (transposeA ? "^T" : "") + " x ")
              + (b.shape() + (transposeB ? "^T" : "") + ": inner dimensions ")
              + (k + " and " + outer(b, transposeB) + " differ"));
    }
    int m = c.shape().dim(0);
    int n = c.shape().dim(1);
    if (m == 0 || n == 0 || k == 0) {
      return; // an empty sum: zeros, or what was there
    }
    GemmChoice.chosen()
        .multiply(
            transposeA,
            transposeB,
            m,
            n,
            k,
            a.data(),
            a.offset(),
            b.data(),
            b.offset(),
            c.data(),
            c.offset(),
            accumulate);
  }

  private static void checkMatrices(Tensor a, Tensor b) {
    if (a.shape().rank() != 2 || b.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "matmul: " + a.shape() + " x " + b.shape() + ": both must have two axes");
    }
  }

  private static int outer(Tensor t, boolean transposed) {
    return t.shape().dim(transposed ? 1 : 0);
  }

  private static int inner(Tensor t, boolean transposed) {
    return t.shape().dim(transposed ? 0 : 1);
  }
}
