package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.internal.kernel.CrossEntropy;
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
    int wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      wrong += predicted(logits, i) == labels[i] ? 0 : 1;
    }
    return wrong;
  }

  /**
   * The class of the largest logit of an example, of equal ones the first; -1 if one is not a
   * number: a network that has gone wrong is right about nothing.
   *
   * @param logits {@code [classes, N]}
   */
  public static int predicted(Tensor logits, int example) {
    int n = logits.shape().dim(1);
    int best = 0;
    for (int k = 0; k < logits.shape().dim(0); k++) {
      float logit = logits.at(k * n + example);
      if (Float.isNaN(logit)) {
        return -1;
      }
      if (logit > logits.at(best * n + example)) {
        best = k;
      }
    }
    return best;
  }
}
