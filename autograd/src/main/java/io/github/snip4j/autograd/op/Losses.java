package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.CrossEntropy;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

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
        Operation.composed(
            "cross-entropy",
            in -> crossEntropy(in.get(0), labels, smoothing),
            in -> fromLogProbabilities(in.get(0), labels, smoothing),
            List.of(logits)),
        Tensor.scalar(entropy.loss()),
        logits.pull(dy -> entropy.gradient(dy.item())));
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
        Operation.composed(
            "mean squared error",
            in -> meanSquaredError(in.get(0), in.get(1)),
            in -> meanSquare(Arithmetic.subtract(in.get(0), in.get(1))),
            List.of(x, target)),
        Tensor.scalar(Pointwise.sum(Broadcast.multiply(distance, distance)) * share),
        x.pull(dy -> Pointwise.scale(distance, 2 * share * dy.item())),
        target.pull(dy -> Pointwise.scale(distance, -2 * share * dy.item())));
  }

  private static Variable meanSquare(Variable x) {
    return Reductions.mean(Arithmetic.multiply(x, x));
  }

  private static Variable fromLogProbabilities(Variable logits, int[] labels, float smoothing) {
    int classes = logits.shape().dim(0);
    Tensor shares = Tensor.full(logits.shape(), smoothing / classes / labels.length);
    for (int n = 0; n < labels.length; n++) {
      int own = labels[n] * labels.length + n;
      shares.put(own, shares.at(own) + (1 - smoothing) / labels.length);
    }
    Variable information =
        Arithmetic.multiply(Softmaxes.logSoftmax(logits), Variable.constant(shares));
    return Arithmetic.subtract(Variable.constant(Tensor.scalar(0)), Reductions.sum(information));
  }
}
