package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.conv.SparseConvolution;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.sparse.Positions;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.internal.sparse.SparseProduct;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Operations with weights of which few are kept: a vector of the kept values, whose places are
 * fixed. Work, and the gradient by the values, are proportional to what is kept.
 */
public final class Sparse {
  private Sparse() {}

  /**
   * w x + b with a sparse w.
   *
   * @param x {@code [in, N]}
   * @param values of w, {@code [kept]}, in the pattern's order
   * @param w {@code [out, in]}
   * @param b {@code [out]}, or null for none
   * @return {@code [out, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable linear(
      Variable x, Variable values, SparsePattern w, @Nullable Variable b) {
    Tensor y = SparseProduct.multiply(w, values.value(), x.value(), b == null ? null : b.value());
    Variable.Edge dx = x.pull(dy -> SparseProduct.multiplyTransposed(w, values.value(), dy));
    Variable.Edge dw = values.pull(dy -> SparseProduct.sampled(w, dy, x.value()));
    Operation product =
        Operation.product("linear", (in, v, c) -> linear(in, v, w, c), x, values, b);
    return b == null
        ? Variable.of(product, y, dx, dw)
        : Variable.of(
            product, y, dx, dw, b.pull(dy -> Broadcast.sumTo(dy, column(b)).reshape(b.shape())));
  }

  private static Shape column(Variable b) {
    return b.shape().append(1);
  }

  /**
   * Filters, of which few weights are kept, moved over images.
   *
   * @param x {@code [C, H, W, N]}
   * @param values {@code [kept]}, in the order of the convolution's pattern
   * @param b {@code [O]}, or null for none
   * @return {@code [O, H_out, W_out, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable conv2d(
      Variable x, Variable values, SparseConvolution w, @Nullable Variable b) {
    Tensor y = w.forward(values.value(), x.value(), b == null ? null : b.value());
    Variable.Edge dx = x.pull(dy -> w.inputGradient(values.value(), dy, x.shape()));
    Variable.Edge dw = values.pull(dy -> w.valueGradient(dy, x.value()));
    Operation product =
        Operation.product("conv2d", (in, v, c) -> conv2d(in, v, w, c), x, values, b);
    return b == null
        ? Variable.of(product, y, dx, dw)
        : Variable.of(product, y, dx, dw, b.pull(dy -> Convolutions.sumPerChannel(dy, b.shape())));
  }

  /**
   * Values in their places, zeros elsewhere.
   *
   * @param values {@code [count]}
   * @return of the positions' shape
   * @throws IllegalArgumentException if there are more or fewer values than positions
   */
  public static Variable spread(Variable values, Positions positions) {
    return Variable.of(
        Operation.linear("spread", v -> spread(v, positions), values),
        positions.spread(values.value()),
        values.pull(positions::gather));
  }
}
