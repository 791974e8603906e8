package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.SoftmaxKernel;
import io.github.snip4j.core.tensor.Tensor;

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
    return Variable.of(p, logits.pull(dy -> SoftmaxKernel.softmaxGradient(dy, p)));
  }

  /** ln p, more exact than the logarithm of {@link #softmax}; errors as there. */
  public static Variable logSoftmax(Variable logits) {
    Tensor y = SoftmaxKernel.logSoftmax(logits.value());
    return Variable.of(y, logits.pull(dy -> SoftmaxKernel.logSoftmaxGradient(dy, y)));
  }
}
