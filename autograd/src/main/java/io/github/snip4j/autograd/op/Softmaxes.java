package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Axes;
import io.github.snip4j.core.internal.kernel.SoftmaxKernel;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/** Logits to probabilities over one axis; formula in {@link SoftmaxKernel}. */
public final class Softmaxes {
  private Softmaxes() {}

  /**
   * The probabilities p over the first axis.
   *
   * @param logits {@code [K, ..., N]}
   * @throws IllegalArgumentException if there is no axis
   */
  public static Variable softmax(Variable logits) {
    Tensor p = SoftmaxKernel.softmax(logits.value());
    return Variable.of(
        Operation.composed(
            "softmax",
            in -> softmax(in.get(0)),
            in -> exponentialShares(in.get(0), 0),
            List.of(logits)),
        p,
        logits.pull(dy -> SoftmaxKernel.softmaxGradient(dy, p)));
  }

  /** ln p, more exact than the logarithm of {@link #softmax}; errors as there. */
  public static Variable logSoftmax(Variable logits) {
    Tensor y = SoftmaxKernel.logSoftmax(logits.value());
    return Variable.of(
        Operation.composed(
            "log softmax",
            in -> logSoftmax(in.get(0)),
            in -> logShares(in.get(0), 0),
            List.of(logits)),
        y,
        logits.pull(dy -> SoftmaxKernel.logSoftmaxGradient(dy, y)));
  }

  /**
   * The probabilities p over any axis.
   *
   * @param axis negative counts from the end
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Variable softmax(Variable logits, int axis) {
    Tensor p = SoftmaxKernel.softmax(exchanged(logits.value(), axis));
    return Variable.of(
        Operation.composed(
            "softmax along an axis",
            in -> softmax(in.get(0), axis),
            in -> exponentialShares(in.get(0), axis),
            List.of(logits)),
        exchanged(p, axis),
        logits.pull(dy -> exchanged(SoftmaxKernel.softmaxGradient(exchanged(dy, axis), p), axis)));
  }

  /** ln p over any axis; errors as {@link #softmax(Variable, int)}. */
  public static Variable logSoftmax(Variable logits, int axis) {
    Tensor y = SoftmaxKernel.logSoftmax(exchanged(logits.value(), axis));
    return Variable.of(
        Operation.composed(
            "log softmax along an axis",
            in -> logSoftmax(in.get(0), axis),
            in -> logShares(in.get(0), axis),
            List.of(logits)),
        exchanged(y, axis),
        logits.pull(
            dy -> exchanged(SoftmaxKernel.logSoftmaxGradient(exchanged(dy, axis), y), axis)));
  }

  /** An axis and the first one exchanged, which is what the kernel normalises. */
  private static Tensor exchanged(Tensor x, int axis) {
    return Axes.index(x.shape(), axis) == 0 ? x : Axes.transpose(x, 0, axis);
  }

  private static Variable exponentialShares(Variable logits, int axis) {
    Variable e = Elementwise.exp(belowLargest(logits, axis));
    return Arithmetic.divide(e, Reductions.sum(e, Reductions.Reduced.STAYS, axis));
  }

  private static Variable logShares(Variable logits, int axis) {
    Variable d = belowLargest(logits, axis);
    Variable sum = Reductions.sum(Elementwise.exp(d), Reductions.Reduced.STAYS, axis);
    return Arithmetic.subtract(d, Elementwise.log(sum));
  }

  private static Variable belowLargest(Variable logits, int axis) {
    return Arithmetic.subtract(logits, Reductions.max(logits, Reductions.Reduced.STAYS, axis));
  }
}
