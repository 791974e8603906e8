package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.blas.BatchedProduct;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Products of many pairs of matrices: the last two axes are those of a matrix, the axes in front
 * say which one. Axes in front of length 1, or missing ones, are repeated by NumPy's rule.
 */
public final class BatchedProducts {
  private BatchedProducts() {}

  /**
   * a b.
   *
   * @param a {@code [..., M, K]}
   * @param b {@code [..., K, N]}
   * @return {@code [..., M, N]}
   * @throws IllegalArgumentException if one has fewer than two axes, the inner dimensions differ,
   *     or an axis in front has two lengths and neither is 1
   */
  public static Variable matmul(Variable a, Variable b) {
    Tensor x = a.value();
    Tensor y = b.value();
    return Variable.of(
        Operation.product("batched matmul", BatchedProducts::matmul, a, b),
        BatchedProduct.multiply(x, false, y, false),
        a.pull(dy -> Broadcast.sumTo(BatchedProduct.multiply(dy, false, y, true), x.shape())),
        b.pull(dy -> Broadcast.sumTo(BatchedProduct.multiply(x, true, dy, false), y.shape())));
  }

  /**
   * a<sup>T</sup> b: the product of all columns of a with all columns of b.
   *
   * @param a {@code [..., K, M]}
   * @param b {@code [..., K, N]}
   * @return {@code [..., M, N]}
   * @throws IllegalArgumentException as {@link #matmul}
   */
  public static Variable transposedMatmul(Variable a, Variable b) {
    Tensor x = a.value();
    Tensor y = b.value();
    return Variable.of(
        Operation.product(
            "batched matmul, first transposed", BatchedProducts::transposedMatmul, a, b),
        BatchedProduct.multiply(x, true, y, false),
        a.pull(dy -> Broadcast.sumTo(BatchedProduct.multiply(y, false, dy, true), x.shape())),
        b.pull(dy -> Broadcast.sumTo(BatchedProduct.multiply(x, false, dy, false), y.shape())));
  }
}
