package io.github.snip4j.nn.train;

import io.github.snip4j.nn.ParameterGradients;
import org.jspecify.annotations.Nullable;

/** Gradients of several batches as one, in arrays that outlive the batches' steps. */
final class GradientSum {
  private @Nullable ParameterGradients sum;
  private double count;

  /**
   * Adds the gradients of a batch.
   *
   * @param weight what the mean of its loss was over
   */
  void add(ParameterGradients gradients, double weight) {
    count += weight;
    ParameterGradients weighted = gradients.scaled(weight);
    sum = sum == null ? weighted.copy() : sum.plus(weighted).copy();
  }

  /** The mean over all that was added. */
  ParameterGradients mean() {
    if (sum == null) {
      throw new IllegalStateException("nothing was added");
    }
    return sum.scaled(1 / count);
  }
}
