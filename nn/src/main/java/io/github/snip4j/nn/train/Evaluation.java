package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.kernel.CrossEntropy;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;

/**
 * How a network does on a set of examples.
 *
 * @param loss mean cross-entropy
 * @param wrong how many examples have their largest logit at another class (of equal ones the first
 *     counts)
 * @param examples how many there are
 */
public record Evaluation(double loss, int wrong, int examples) {
  /** The share of wrong ones, in [0, 1]. */
  public double error() {
    return (double) wrong / examples;
  }

  /**
   * One epoch of a source, in evaluation mode.
   *
   * @throws IllegalArgumentException if the examples do not fit the network
   */
  public static Evaluation of(Network network, BatchSource source) {
    Workspace workspace = new Workspace();
    double loss = 0;
    int wrong = 0;
    int examples = 0;
    for (int i = 0; i < source.batchesPerEpoch(); i++) {
      Batch batch = source.at(i);
      Evaluation of =
          workspace.run(
              () -> {
                Tensor logits = network.logits(batch.x());
                double mean = CrossEntropy.of(logits, batch.labels()).loss();
                return new Evaluation(mean, wrong(logits, batch.labels()), batch.size());
              });
      loss += of.loss * of.examples;
      wrong += of.wrong;
      examples += batch.size();
    }
    return new Evaluation(loss / examples, wrong, examples);
  }

  private static int wrong(Tensor logits, int[] labels) {
    int n = labels.length;
    int classes = logits.shape().dim(0);
    float[] z = logits.data();
    int wrong = 0;
    for (int i = 0; i < n; i++) {
      int best = 0;
      for (int k = 0; k < classes && best >= 0; k++) {
        float logit = z[logits.offset() + k * n + i];
        if (Float.isNaN(logit)) {
          best = -1; // a network that has gone wrong is right about nothing
        } else if (logit > z[logits.offset() + best * n + i]) {
          best = k;
        }
      }
      wrong += best == labels[i] ? 0 : 1;
    }
    return wrong;
  }
}
