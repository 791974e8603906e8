package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.blas.MatrixProduct;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Objects;

/** Matrix products. */
public final class Products {
  private Products() {}

  /**
   * a b.
   *
   * @param a {@code [M, K]}
   * @param b {@code [K, N]}
   * @return {@code [M, N]}
   * @throws IllegalArgumentException if one is not a matrix or the inner dimensions differ
   */
  public static Variable matmul(Variable a, Variable b) {
    Tensor x = a.value();
    Tensor y = b.value();
    return Variable.of(
        Operation.product("matmul", Products::matmul, a, b),
        MatrixProduct.matmul(x, y),
        a.pull(dy -> MatrixProduct.matmul(dy, false, y, true)),
        b.pull(dy -> MatrixProduct.matmul(x, true, dy, false)));
  }

  /**
   * w x + b, the bias added to every column.
   *
   * @param x {@code [in, N]}
   * @param w {@code [out, in]}
   * @param b {@code [out]}
   * @return {@code [out, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable linear(Variable x, Variable w, Variable b) {
    checkLinear(x.shape(), w.shape(), b.shape());
    Tensor y = Pointwise.repeatColumn(b.value(), x.shape().dim(1));
    MatrixProduct.addMatmul(w.value(), false, x.value(), false, y);
    return Variable.of(
        Operation.product(
            "linear", (in, v, c) -> linear(in, v, Objects.requireNonNull(c)), x, w, b),
        y,
        x.pull(dy -> MatrixProduct.matmul(w.value(), true, dy, false)),
        w.pull(dy -> MatrixProduct.matmul(dy, false, x.value(), true)),
        b.pull(dy -> Broadcast.sumTo(dy, b.shape().append(1)).reshape(b.shape())));
  }

  private static void checkLinear(Shape x, Shape w, Shape b) {
    boolean fits =
        x.rank() == 2
            && w.rank() == 2
            && b.rank() == 1
            && w.dim(1) == x.dim(0)
            && w.dim(0) == b.dim(0);
    if (!fits) {
      throw new IllegalArgumentException(
          ("linear: w " + w + ", x " + x + ", b " + b)
              + ": expected w [out, in], x [in, N], b [out]");
    }
  }
}
