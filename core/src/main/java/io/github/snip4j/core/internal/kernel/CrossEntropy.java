package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/**
 * SoftmaxKernel cross-entropy between logits and labels, averaged over the batch:
 *
 * <p>L = -1/N Σ<sub>n</sub> Σ<sub>k</sub> q[k, n] ln p[k, n], with p the {@link SoftmaxKernel} of
 * the logits, and q = 1 at the label and 0 elsewhere. With label smoothing ε, q = 1 - ε + ε/K at
 * the label of K classes and ε/K elsewhere.
 */
public final class CrossEntropy {
  private final float loss;
  private final Tensor probabilities;
  private final int[] labels;
  private final float smoothing;

  private CrossEntropy(float loss, Tensor probabilities, int[] labels, float smoothing) {
    this.loss = loss;
    this.probabilities = probabilities;
    this.labels = labels;
    this.smoothing = smoothing;
  }

  /** As {@link #of(Tensor, int[], float)}, without label smoothing. */
  public static CrossEntropy of(Tensor logits, int[] labels) {
    return of(logits, labels, 0f);
  }

  /**
   * Computes the loss, and keeps what its gradient needs.
   *
   * @param logits {@code [classes, N]}, not modified
   * @param labels N numbers in 0 .. classes-1, not modified, and not to be while the gradient is
   *     still asked for
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
    Tensor probabilities = SoftmaxKernel.softmax(logits, maxima, sums);
    double loss = 0;
    for (int column = 0; column < n; column++) {
      double logSum = Math.log(sums[column]);
      double own = logSum - ((double) at(logits, labels[column], column) - maxima[column]);
      loss += own;
      if (smoothing > 0f) {
        loss += smoothing * (mean(logits, column, maxima[column], logSum) - own);
      }
    }
    Workspace.giveBack(maxima);
    Workspace.giveBack(sums);
    return new CrossEntropy((float) (loss / n), probabilities, labels, smoothing);
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
    float factor = upstream / labels.length;
    Tensor gradient = Pointwise.scale(probabilities, factor);
    if (smoothing > 0f) {
      float share = factor * smoothing / probabilities.shape().dim(0);
      for (int i = 0; i < gradient.size(); i++) {
        gradient.put(i, gradient.at(i) - share);
      }
    }
    for (int column = 0; column < labels.length; column++) {
      int own = labels[column] * labels.length + column;
      gradient.put(own, gradient.at(own) - factor * (1f - smoothing));
    }
    return gradient;
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
      throw new IllegalArgumentException("cross-entropy: the batch is empty");
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
