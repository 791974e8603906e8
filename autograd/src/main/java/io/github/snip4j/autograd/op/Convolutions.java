package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.conv.Convolution;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Convolutions of images. */
public final class Convolutions {
  private Convolutions() {}

  /**
   * Filters moved over images; formula in {@link Convolution}.
   *
   * @param x {@code [C, H, W, N]}
   * @param w {@code [O, C/groups, kH, kW]}
   * @param b {@code [O]}, or null for none
   * @return {@code [O, H_out, W_out, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Variable conv2d(Variable x, Variable w, @Nullable Variable b, Conv2dSpec spec) {
    Tensor y = Convolution.forward(x.value(), w.value(), b == null ? null : b.value(), spec);
    Variable.Edge dx = x.pull(dy -> Convolution.inputGradient(dy, w.value(), x.shape(), spec));
    Variable.Edge dw = w.pull(dy -> Convolution.weightGradient(dy, x.value(), w.shape(), spec));
    Operation convolution =
        Operation.product("conv2d", (in, v, c) -> conv2d(in, v, c, spec), x, w, b);
    return b == null
        ? Variable.of(convolution, y, dx, dw)
        : Variable.of(convolution, y, dx, dw, b.pull(dy -> sumPerChannel(dy, b.shape())));
  }

  static Tensor sumPerChannel(Tensor dy, Shape b) {
    return Broadcast.sumTo(dy, Shape.of(b.dim(0), 1, 1, 1)).reshape(b);
  }
}
