package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Activations;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;

/** Powers of each element. */
public final class Powers {
  private Powers() {}

  /**
   * x<sup>p</sup> with a constant p, for any shape; NaN where that is no real number, as for a
   * negative x and a p that is no whole number. Its derivative is p x<sup>p-1</sup>, and 0
   * everywhere if p is 0.
   */
  public static Variable pow(Variable x, double exponent) {
    return Variable.of(
        Operation.smooth("pow", v -> pow(v, exponent), x),
        Activations.pow(x.value(), exponent),
        x.pull(dy -> gradient(dy, x.value(), exponent)));
  }

  private static Tensor gradient(Tensor dy, Tensor x, double exponent) {
    return exponent == 0
        ? Tensor.zeros(x.shape())
        : Broadcast.multiply(
            dy, Pointwise.scale(Activations.pow(x, exponent - 1), (float) exponent));
  }
}
