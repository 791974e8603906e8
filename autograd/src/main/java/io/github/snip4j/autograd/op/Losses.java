package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.CrossEntropy;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Shape;
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
   * Softmax cross-entropy with label smoothing; formula in {@link CrossEntropy}.
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
   * -Σ s ⊙ ln softmax(logits): softmax cross-entropy in which every class of every example has a
   * share of its own, as a probability, times a weight, divided by what the mean is over.
   *
   * @param logits {@code [classes, N]}
   * @param shares {@code [classes, N]}, not modified
   * @return shape {@code []}
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Variable crossEntropy(Variable logits, Tensor shares) {
    if (logits.shape().rank() != 2 || !logits.shape().equals(shares.shape())) {
      throw new IllegalArgumentException(
          ("cross-entropy: logits " + logits.shape() + " and shares " + shares.shape())
              + ": expected [classes, N] of both");
    }
    Variable information =
        Arithmetic.multiply(Softmaxes.logSoftmax(logits), Variable.constant(shares));
    return Arithmetic.subtract(Variable.constant(Tensor.scalar(0)), Reductions.sum(information));
  }

  /**
   * Binary cross-entropy of many labels, averaged over all elements: -t ln σ(z) - (1 - t) ln(1 -
   * σ(z)), computed as t softplus(-z) + (1 - t) softplus(z), which loses no digits where σ is flat.
   *
   * @param logits z, of any shape, not empty
   * @param targets t, of the same shape, in [0, 1]; not modified
   * @return shape {@code []}
   * @throws IllegalArgumentException if the shapes differ or are empty
   */
  public static Variable binaryCrossEntropy(Variable logits, Tensor targets) {
    check("binary cross-entropy", logits, targets.shape());
    Tensor rest = Broadcast.subtract(Tensor.scalar(1), targets);
    Variable minus = Arithmetic.subtract(Variable.constant(Tensor.scalar(0)), logits);
    return Reductions.mean(
        Arithmetic.add(
            Arithmetic.multiply(Variable.constant(targets), Elementwise.softplus(minus)),
            Arithmetic.multiply(Variable.constant(rest), Elementwise.softplus(logits))));
  }

  /**
   * Huber's loss, averaged over all elements: r²/2 where the distance r = x - target is at most
   * delta, and delta (|r| - delta/2) beyond [Huber, <i>Robust estimation of a location
   * parameter</i>, 1964].
   *
   * @param target of x's shape
   * @param delta above 0
   * @return shape {@code []}
   * @throws IllegalArgumentException if the shapes differ or are empty, or delta is not above 0
   */
  public static Variable huber(Variable x, Variable target, float delta) {
    check("huber", x, target.shape());
    if (!(delta > 0 && delta < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("huber: delta " + delta + ": expected a number above 0");
    }
    Variable r = Arithmetic.subtract(x, target);
    Variable c = PiecewiseLinear.clamp(r, -delta, delta); // c r - c²/2 is both branches
    Variable half = Arithmetic.multiply(c, Variable.constant(Tensor.scalar(0.5f)));
    return Reductions.mean(Arithmetic.multiply(c, Arithmetic.subtract(r, half)));
  }

  private static void check(String name, Variable x, Shape target) {
    if (!x.shape().equals(target) || x.value().size() == 0) {
      throw new IllegalArgumentException(
          (name + ": x " + x.shape() + ", target " + target)
              + ": expected the same shape, not empty");
    }
  }

  /**
   * (x - target)² averaged over all elements.
   *
   * @param target of x's shape
   * @return shape {@code []}
   * @throws IllegalArgumentException if the shapes differ or are empty
   */
  public static Variable meanSquaredError(Variable x, Variable target) {
    check("mean squared error", x, target.shape());
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
    return crossEntropy(logits, shares);
  }
}
