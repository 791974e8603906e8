package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.SoftmaxKernel;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * Logits {@code [K, ..., N]} to probabilities over the first axis; formula in {@link
 * SoftmaxKernel}.
 */
public final class Softmaxes {
  private Softmaxes() {}

  /**
   * The probabilities p.
   *
   * @throws IllegalArgumentException if there is no axis
   */
  public static Variable softmax(Variable logits) {
    Tensor p = SoftmaxKernel.softmax(logits.value());
    return Variable.of(
        Operation.composed(
            "softmax", in -> softmax(in.get(0)), Softmaxes::exponentialShares, List.of(logits)),
        p,
        logits.pull(dy -> SoftmaxKernel.softmaxGradient(dy, p)));
  }

  /** ln p, more exact than the logarithm of {@link #softmax}; errors as there. */
  public static Variable logSoftmax(Variable logits) {
    Tensor y = SoftmaxKernel.logSoftmax(logits.value());
    return Variable.of(
        Operation.composed(
            "log softmax", in -> logSoftmax(in.get(0)), Softmaxes::logShares, List.of(logits)),
        y,
        logits.pull(dy -> SoftmaxKernel.logSoftmaxGradient(dy, y)));
  }

  private static Variable exponentialShares(List<Variable> logits) {
    Variable e = Elementwise.exp(belowLargest(logits.get(0)));
    return Arithmetic.divide(e, Reductions.sum(e, Reductions.Reduced.STAYS, 0));
  }

  private static Variable logShares(List<Variable> logits) {
    Variable d = belowLargest(logits.get(0));
    Variable sum = Reductions.sum(Elementwise.exp(d), Reductions.Reduced.STAYS, 0);
    return Arithmetic.subtract(d, Elementwise.log(sum));
  }

  private static Variable belowLargest(Variable logits) {
    return Arithmetic.subtract(logits, Reductions.max(logits, Reductions.Reduced.STAYS, 0));
  }
}
