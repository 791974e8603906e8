package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.internal.blas.MatrixProduct;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.sparse.Matrix;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

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
   * @param b {@code [out]}, or null for none
   * @return {@code [out, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable linear(Variable x, Weight w, @Nullable Variable b) {
    checkLinear(x.shape(), w.shape(), b == null ? null : b.shape());
    Matrix matrix = Matrix.of(w.structure(), w.values().value());
    Tensor y = matrix.multiply(x.value(), b == null ? null : b.value());
    Variable.Edge dx = x.pull(matrix::multiplyTransposed);
    Variable.Edge dw = w.values().pull(dy -> matrix.gradient(dy, x.value()));
    Operation product =
        Operation.product("linear", (in, v, c) -> linear(in, w.with(v), c), x, w.values(), b);
    return b == null
        ? Variable.of(product, y, dx, dw)
        : Variable.of(product, y, dx, dw, b.pull(dy -> sumPerRow(dy, b.shape())));
  }

  /** {@link #linear(Variable, Weight, Variable)} with a weight all of whose elements exist. */
  public static Variable linear(Variable x, Variable w, @Nullable Variable b) {
    return linear(x, Weight.of(w), b);
  }

  private static Tensor sumPerRow(Tensor dy, Shape b) {
    return Broadcast.sumTo(dy, b.append(1)).reshape(b);
  }

  private static void checkLinear(Shape x, Shape w, @Nullable Shape b) {
    boolean fits = x.rank() == 2 && w.rank() == 2 && w.dim(1) == x.dim(0);
    if (!fits || (b != null && !b.equals(Shape.of(w.dim(0))))) {
      throw new IllegalArgumentException(
          ("linear: w " + w + ", x " + x + (b == null ? "" : ", b " + b))
              + ": expected w [out, in], x [in, N], b [out]");
    }
  }
}
