package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.kernel.CrossEntropy;
import io.github.snip4j.core.tensor.Tensor;

/** What training makes small. */
public final class Losses {
  private Losses() {}

  /**
   * Softmax cross-entropy, averaged over the batch; formula in {@link CrossEntropy}.
   *
   * @param logits {@code [classes, N]}
   * @param labels N numbers in 0 .. classes-1
   * @return shape {@code []}
   * @throws IllegalArgumentException if the shapes do not fit or a label is no class
   */
  public static Variable crossEntropy(Variable logits, int[] labels) {
    CrossEntropy entropy = CrossEntropy.of(logits.value(), labels);
    return Variable.of(
        Tensor.scalar(entropy.loss()), logits.pull(dy -> entropy.gradient(dy.item())));
  }
}
