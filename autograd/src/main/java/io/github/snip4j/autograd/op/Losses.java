package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.CrossEntropy;
import io.github.snip4j.core.internal.kernel.Pointwise;
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
    return crossEntropy(logits, labels, 0f);
  }

  /**
   * As {@link #crossEntropy(Variable, int[])}, with label smoothing.
   *
   * @param smoothing from 0 to 1: the share of each label that is spread over all classes
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class or the smoothing
   *     is outside its range
   */
  public static Variable crossEntropy(Variable logits, int[] labels, float smoothing) {
    CrossEntropy entropy = CrossEntropy.of(logits.value(), labels, smoothing);
    return Variable.of(
        Tensor.scalar(entropy.loss()), logits.pull(dy -> entropy.gradient(dy.item())));
  }

  /**
   * (x - target)² averaged over all elements.
   *
   * @param target of x's shape
   * @return shape {@code []}
   * @throws IllegalArgumentException if the shapes differ or are empty
   */
  public static Variable meanSquaredError(Variable x, Variable target) {
    if (!x.shape().equals(target.shape()) || x.value().size() == 0) {
      throw new IllegalArgumentException(
          ("mean squared error: x " + x.shape() + ", target " + target.shape())
              + ": expected the same shape, not empty");
    }
    Tensor distance = Broadcast.subtract(x.value(), target.value());
    float share = 1f / distance.size();
    return Variable.of(
        Tensor.scalar(Pointwise.sum(Broadcast.multiply(distance, distance)) * share),
        x.pull(dy -> Pointwise.scale(distance, 2 * share * dy.item())),
        target.pull(dy -> Pointwise.scale(distance, -2 * share * dy.item())));
  }
}
