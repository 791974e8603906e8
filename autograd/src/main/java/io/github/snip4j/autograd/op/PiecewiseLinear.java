package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Activations;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/** Functions of each element by itself that consist of straight pieces, for any shape. */
public final class PiecewiseLinear {
  private PiecewiseLinear() {}

  /** |x|, with derivative 0 at 0 as in PyTorch. */
  public static Variable abs(Variable x) {
    Tensor signs = Activations.absGradient(Tensor.full(x.shape(), 1f), x.value());
    return Variable.of(
        Operation.rectifier(
            "abs", PiecewiseLinear::abs, v -> Arithmetic.multiply(v, Variable.constant(signs)), x),
        Activations.abs(x.value()),
        x.pull(dy -> Activations.absGradient(dy, x.value())));
  }

  /**
   * x where it is between two bounds, else the nearer bound. The derivative is 1 between them and
   * on them, else 0, as in PyTorch.
   *
   * @param low may be {@code Float.NEGATIVE_INFINITY}: no bound
   * @param high may be {@code Float.POSITIVE_INFINITY}: no bound
   * @throws IllegalArgumentException if low is above high, or one is not a number
   */
  public static Variable clamp(Variable x, float low, float high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clamp: from " + low + " to " + high + ": expected bounds in this order");
    }
    float below = Math.nextDown(low); // the kernel's bounds are outside, ours are inside
    float above = Math.nextUp(high);
    return Variable.of(
        Operation.composed(
                "clamp",
                in -> clamp(in.get(0), low, high),
                in -> pieces(in.get(0), low, high),
                List.of(x))
            .withKinks(),
        Activations.clamp(x.value(), low, high),
        x.pull(dy -> Activations.gradientBetween(dy, x.value(), below, above, 1)));
  }

  /**
   * min(max(x, 0), 6), with derivative 0 at 0 and at 6 as in PyTorch [Krizhevsky, <i>Convolutional
   * deep belief networks on CIFAR-10</i>, 2010].
   */
  public static Variable relu6(Variable x) {
    return Variable.of(
        Operation.composed(
                "relu6", in -> relu6(in.get(0)), in -> pieces(in.get(0), 0, 6), List.of(x))
            .withKinks(),
        Activations.clamp(x.value(), 0, 6),
        x.pull(dy -> Activations.gradientBetween(dy, x.value(), 0, 6, 1)));
  }

  /**
   * min(max(x + 3, 0), 6) / 6, with derivative 0 at -3 and at 3: PyTorch's; ONNX's default has the
   * slope 1/5 instead of 1/6.
   */
  public static Variable hardSigmoid(Variable x) {
    return Variable.of(
        Operation.composed(
                "hard sigmoid",
                in -> hardSigmoid(in.get(0)),
                in -> Arithmetic.scale(pieces(plus(in.get(0), 3), 0, 6), 1f / 6),
                List.of(x))
            .withKinks(),
        Activations.hardSigmoid(x.value()),
        x.pull(dy -> Activations.gradientBetween(dy, x.value(), -3, 3, 1f / 6)));
  }

  /** low + relu(x - low) - relu(x - high), without the bounds that there are not. */
  private static Variable pieces(Variable x, float low, float high) {
    Variable y = x;
    if (low != Float.NEGATIVE_INFINITY) {
      y = plus(Elementwise.relu(plus(x, -low)), low);
    }
    return high == Float.POSITIVE_INFINITY
        ? y
        : Arithmetic.subtract(y, Elementwise.relu(plus(x, -high)));
  }

  static Variable plus(Variable x, float constant) {
    return Arithmetic.add(x, Variable.constant(Tensor.scalar(constant)));
  }
}
