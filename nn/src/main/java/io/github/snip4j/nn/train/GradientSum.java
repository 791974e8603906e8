package io.github.snip4j.nn.train;

import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.ParameterGradients;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gradients of several batches as one, in arrays that outlive the batches' steps and are used again
 * for the next sum.
 */
final class GradientSum {
  private final Network network;
  private final Map<String, Tensor> sums = new LinkedHashMap<>();
  private double count; // 0: what is in the sums is of before

  GradientSum(Network network) {
    this.network = network;
  }

  /**
   * Adds the gradients of a batch.
   *
   * @param weight what the mean of its loss was over, above 0
   */
  void add(ParameterGradients gradients, double weight) {
    gradients
        .byName()
        .forEach(
            (name, g) -> {
              Tensor weighted = Pointwise.scale(g, (float) weight);
              Tensor sum = sums.get(name);
              if (sum == null || !sum.shape().equals(g.shape())) { // connections have moved since
                sums.put(name, weighted.copy());
              } else if (count == 0) {
                sum.copyFrom(weighted);
              } else {
                add(sum, weighted);
              }
            });
    count += weight;
  }

  private static void add(Tensor sum, Tensor more) {
    for (int i = 0; i < sum.size(); i++) {
      sum.put(i, sum.at(i) + more.at(i));
    }
  }

  /** The mean over all that was added since the last one. */
  ParameterGradients mean() {
    Map<String, Tensor> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, Pointwise.scale(sum, (float) (1 / count))));
    count = 0;
    return ParameterGradients.of(network, means);
  }
}
