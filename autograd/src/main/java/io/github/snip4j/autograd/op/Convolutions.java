package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.conv.Filters;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Convolutions of images. */
public final class Convolutions {
  private Convolutions() {}

  /**
   * Filters moved over images; formula in {@link Filters}, in plain loops {@link
   * io.github.snip4j.core.internal.naive.NaiveConvolution}.
   *
   * @param x {@code [C, H, W, N]}
   * @param w {@code [O, C/groups, kH, kW]}
   * @param b {@code [O]}, or null for none
   * @return {@code [O, H_out, W_out, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Variable conv2d(Variable x, Weight w, @Nullable Variable b, Conv2dSpec spec) {
    Filters filters = Filters.of(w.structure(), w.values().value(), spec);
    Tensor bias = b == null ? null : b.value();
    boolean differentiated =
        x.requiresGradient()
            || w.values().requiresGradient()
            || (b != null && b.requiresGradient());
    Tensor y = differentiated ? filters.forward(x.value(), bias) : filters.answer(x.value(), bias);
    Variable.Edge dx = x.pull(dy -> filters.inputGradient(dy, x.shape()));
    Variable.Edge dw = w.values().pull(dy -> filters.weightGradient(dy, x.value()));
    Operation product =
        Operation.product("conv2d", (in, v, c) -> conv2d(in, w.with(v), c, spec), x, w.values(), b)
            .inGroups(spec.groups());
    return b == null
        ? Variable.of(product, y, dx, dw)
        : Variable.of(product, y, dx, dw, b.pull(dy -> sumPerChannel(dy, b.shape())));
  }

  /** {@link #conv2d(Variable, Weight, Variable, Conv2dSpec)} with filters that exist whole. */
  public static Variable conv2d(Variable x, Variable w, @Nullable Variable b, Conv2dSpec spec) {
    return conv2d(x, Weight.of(w), b, spec);
  }

  private static Tensor sumPerChannel(Tensor dy, Shape b) {
    return Broadcast.sumTo(dy, Shape.of(b.dim(0), 1, 1, 1)).reshape(b);
  }
}
