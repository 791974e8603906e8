package io.github.snip4j.core.internal.blas;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/**
 * Products of many pairs of matrices: the last two axes are those of a matrix, the axes in front
 * say which one. Axes in front of length 1, or missing ones, are repeated by NumPy's rule.
 *
 * <p>Implementation note: threads take whole products, so the bits do not depend on their number.
 */
public final class BatchedProduct {
  private static final int GRAIN = 1 << 16; // multiplications a thread takes at a time

  private BatchedProduct() {}

  /**
   * op(a) op(b), where op exchanges the last two axes if asked to.
   *
   * @param a {@code [..., M, K]}, or {@code [..., K, M]} if transposed; not modified
   * @param b {@code [..., K, N]}, or {@code [..., N, K]} if transposed; not modified
   * @return {@code [..., M, N]}
   * @throws IllegalArgumentException if one has fewer than two axes, the inner dimensions differ,
   *     or an axis in front has two lengths and neither is 1
   */
  public static Tensor multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    int[] front = front(a.shape(), transposeA, b.shape(), transposeB);
    int m = a.shape().dim(transposeA ? -1 : -2);
    int k = a.shape().dim(transposeA ? -2 : -1);
    int n = b.shape().dim(transposeB ? -2 : -1);
    int products = Shape.of(front).size();
    Tensor c = Tensor.zeros(Shape.of(front).append(m).append(n));
    if (c.size() == 0 || k == 0) {
      return c; // empty sums
    }
    int[] aPlaces = places(a.shape(), front, m * k);
    int[] bPlaces = places(b.shape(), front, k * n);
    Gemm gemm = GemmChoice.chosen();
    long work = (long) m * n * k;
    Parallel.forRange(
        products,
        (int) (GRAIN / work) + 1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            gemm.multiply(
                transposeA,
                transposeB,
                m,
                n,
                k,
                a.data(),
                a.offset() + aPlaces[i],
                b.data(),
                b.offset() + bPlaces[i],
                c.data(),
                c.offset() + i * m * n,
                false);
          }
        });
    return c;
  }

  /** The lengths of the axes in front of the product's last two. */
  private static int[] front(Shape a, boolean transposeA, Shape b, boolean transposeB) {
    String what =
        "matmul: " + a + (transposeA ? "^T" : "") + " x " + b + (transposeB ? "^T" : "") + ": ";
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException(what + "both must have two axes at least");
    }
    int inner = a.dim(transposeA ? -2 : -1);
    int other = b.dim(transposeB ? -1 : -2);
    if (inner != other) {
      throw new IllegalArgumentException(
          what + "inner dimensions " + inner + " and " + other + " differ");
    }
    int[] front = new int[Math.max(a.rank(), b.rank()) - 2];
    for (int i = 1; i <= front.length; i++) {
      int p = i <= a.rank() - 2 ? a.dim(-2 - i) : 1;
      int q = i <= b.rank() - 2 ? b.dim(-2 - i) : 1;
      if (p != q && p != 1 && q != 1) {
        throw new IllegalArgumentException(what + "axis " + (-2 - i) + " is " + p + " and " + q);
      }
      front[front.length - i] = p == 1 ? q : p;
    }
    return front;
  }

  /** Where the matrix of each product begins. */
  private static int[] places(Shape shape, int[] front, int matrix) {
    int[] places = new int[Arrays.stream(front).reduce(1, (p, q) -> p * q)];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      int step = matrix;
      for (int axis = 1; axis <= front.length; axis++) {
        int own = axis <= shape.rank() - 2 ? shape.dim(-2 - axis) : 1;
        int length = front[front.length - axis];
        places[i] += own == 1 ? 0 : rest % length * step;
        rest /= length;
        step *= own;
      }
    }
    return places;
  }
}
