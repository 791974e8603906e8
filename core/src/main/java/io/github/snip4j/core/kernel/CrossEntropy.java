package io.github.snip4j.core.kernel;

import io.github.snip4j.core.tensor.Tensor;

/**
 * Softmax cross-entropy between logits and labels, averaged over the batch:
 *
 * <p>L = -1/N &Sigma;<sub>n</sub> log p[label<sub>n</sub>, n], with p[k, n] = exp(z[k, n]) /
 * &Sigma;<sub>j</sub> exp(z[j, n]).
 *
 * <p>Implementation note: the largest logit of each example is subtracted first, so nothing
 * overflows. Sums are in double and in order.
 */
public final class CrossEntropy {
  private final float loss;
  private final Tensor probabilities;
  private final int[] labels;

  private CrossEntropy(float loss, Tensor probabilities, int[] labels) {
    this.loss = loss;
    this.probabilities = probabilities;
    this.labels = labels;
  }

  /**
   * Computes the loss, and keeps what its gradient needs.
   *
   * @param logits {@code [classes, N]}, not modified
   * @param labels N numbers in 0 .. classes-1, not modified
   * @throws IllegalArgumentException if the shapes do not fit or a label is no class
   */
  public static CrossEntropy of(Tensor logits, int[] labels) {
    check(logits, labels);
    int classes = logits.shape().dim(0);
    int n = labels.length;
    float[] z = logits.data();
    Tensor probabilities = Tensor.zeros(logits.shape());
    double[] exps = new double[classes];
    double loss = 0;
    for (int column = 0; column < n; column++) {
      int at = logits.offset() + column;
      float largest = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, z[at + k * n]);
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        exps[k] = Math.exp((double) z[at + k * n] - largest);
        sum += exps[k];
      }
      for (int k = 0; k < classes; k++) {
        probabilities.data()[column + k * n] = (float) (exps[k] / sum);
      }
      loss += Math.log(sum) - ((double) z[at + labels[column] * n] - largest);
    }
    return new CrossEntropy((float) (loss / n), probabilities, labels.clone());
  }

  /** The mean over the batch. */
  public float loss() {
    return loss;
  }

  /** dL/dz = (p - onehot(label)) / N, times {@code upstream}; {@code [classes, N]}. */
  public Tensor gradient(float upstream) {
    float factor = upstream / labels.length;
    Tensor gradient = Pointwise.scale(probabilities, factor);
    for (int column = 0; column < labels.length; column++) {
      gradient.data()[labels[column] * labels.length + column] -= factor;
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
