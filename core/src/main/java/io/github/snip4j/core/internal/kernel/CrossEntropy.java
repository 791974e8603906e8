package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/**
 * Softmax cross-entropy between logits and labels, averaged over the batch:
 *
 * <p>L = -1/N Σ<sub>n</sub> Σ<sub>k</sub> q[k, n] ln p[k, n], with p the {@link SoftmaxKernel} of
 * the logits, and q = 1 at the label and 0 elsewhere. With label smoothing ε, q = 1 - ε + ε/K at
 * the label of K classes and ε/K elsewhere.
 *
 * <p>Implementation note: p of the label is near 1 once the network is sure, and what matters, its
 * distance to 1, would be lost in float. That distance is the sum of the other classes' p, which
 * are small and exact: so p - q of the label is minus the sum of the others, and -ln p is -ln(1 -
 * their sum).
 */
public final class CrossEntropy {
  private final float loss;
  private final Tensor differences; // p - q

  private CrossEntropy(float loss, Tensor differences) {
    this.loss = loss;
    this.differences = differences;
  }

  /** Cross-entropy without label smoothing: {@link #of(Tensor, int[], float)}. */
  public static CrossEntropy of(Tensor logits, int[] labels) {
    return of(logits, labels, 0f);
  }

  /**
   * Computes the loss, and keeps what its gradient needs.
   *
   * @param logits {@code [classes, N]}, not modified
   * @param labels N numbers in 0 .. classes-1, not modified
   * @param smoothing ε, from 0 to 1
   * @throws IllegalArgumentException if the shapes do not fit, a label is no class or the smoothing
   *     is outside its range
   */
  public static CrossEntropy of(Tensor logits, int[] labels, float smoothing) {
    check(logits, labels);
    if (!(smoothing >= 0f && smoothing <= 1f)) {
      throw new IllegalArgumentException(
          "cross-entropy: label smoothing " + smoothing + " is not from 0 to 1");
    }
    int n = labels.length;
    float[] maxima = Workspace.floats(n);
    float[] sums = Workspace.floats(n);
    float[] others = Workspace.floats(n);
    Tensor p = SoftmaxKernel.softmax(logits, maxima, sums);
    addUpOthers(p, labels, others);
    double loss = 0;
    for (int column = 0; column < n; column++) {
      double logSum = Math.log(sums[column]);
      if (smoothing < 1f) {
        double own =
            others[column] < 0.5f
                ? -Math.log1p(-others[column])
                : logSum - ((double) at(logits, labels[column], column) - maxima[column]);
        loss += (1.0 - smoothing) * own;
      }
      if (smoothing > 0f) {
        loss += smoothing * mean(logits, column, maxima[column], logSum);
      }
    }
    subtractTargets(p, labels, smoothing, others);
    Workspace.giveBack(maxima);
    Workspace.giveBack(sums);
    Workspace.giveBack(others);
    return new CrossEntropy((float) (loss / n), p);
  }

  /** Sums of each column's p without that of its label, which becomes 0. */
  private static void addUpOthers(Tensor p, int[] labels, float[] others) {
    for (int column = 0; column < labels.length; column++) {
      p.put(labels[column] * labels.length + column, 0f);
    }
    SoftmaxKernel.addUp(p, p.shape().dim(0), labels.length, others, 0, labels.length);
  }

  /** From p, with 0 at the labels, to p - q. */
  private static void subtractTargets(Tensor p, int[] labels, float smoothing, float[] others) {
    int classes = p.shape().dim(0);
    double share = (double) smoothing / classes;
    if (smoothing > 0f) {
      for (int i = 0; i < p.size(); i++) {
        p.put(i, (float) (p.at(i) - share));
      }
    }
    for (int column = 0; column < labels.length; column++) {
      float own = (float) (share * (classes - 1) - others[column]);
      p.put(labels[column] * labels.length + column, own);
    }
  }

  private static float at(Tensor logits, int k, int column) {
    return logits.at(k * logits.shape().dim(1) + column);
  }

  /** -ln p averaged over the classes. */
  private static double mean(Tensor logits, int column, float largest, double logSum) {
    int classes = logits.shape().dim(0);
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += logSum - ((double) at(logits, k, column) - largest);
    }
    return sum / classes;
  }

  /** The mean over the batch. */
  public float loss() {
    return loss;
  }

  /** dL/dz = (p - q) / N, times {@code upstream}; {@code [classes, N]}. */
  public Tensor gradient(float upstream) {
    return Pointwise.scale(differences, upstream / differences.shape().dim(1));
  }

  private static void check(Tensor logits, int[] labels) {
    if (logits.shape().rank() != 2 || logits.shape().dim(1) != labels.length) {
      throw new IllegalArgumentException(
          "cross-entropy: logits "
              + logits.shape()
              + " and "
              + labels.length
              + " labels: logits must be [classes, labels]");
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException(
          "cross-entropy: the batch is empty, and no mean can be taken: expected an example or more");
    }
    int classes = logits.shape().dim(0);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            ("cross-entropy: label " + labels[i] + " of example " + i)
                + (" is not among the " + classes + " classes"));
      }
    }
  }
}
