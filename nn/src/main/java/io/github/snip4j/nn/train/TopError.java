package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;

/** The top-k error of a classifier: ImageNet's measure, with k = 5. */
public final class TopError {
  private TopError() {}

  /**
   * The share of examples whose class is not among those with the k largest logits, over one epoch
   * of a source, in evaluation mode. Of equal logits the first count, as in {@link Evaluation}; one
   * that is not a number makes an example wrong.
   *
   * @param k from 1 to the number of classes
   * @throws IllegalArgumentException if k is not in this range, or the examples do not fit
   */
  public static double of(Network network, BatchSource source, int k) {
    int classes = network.output().dim(0);
    if (k < 1 || k > classes) {
      throw new IllegalArgumentException("top-" + k + " error: expected 1 to " + classes);
    }
    Workspace workspace = new Workspace();
    long wrong = 0;
    long all = 0;
    for (int i = 0; i < source.batchesPerEpoch(); i++) {
      Batch batch = source.at(i);
      int[] labels = batch.labels();
      all += labels.length;
      wrong +=
          workspace.run(
              () -> {
                Tensor logits = network.logits(batch.x()).reshape(Shape.of(classes, labels.length));
                int missed = 0;
                for (int n = 0; n < labels.length; n++) {
                  missed += rank(logits, labels[n], n) < k ? 0 : 1;
                }
                return missed;
              });
    }
    return (double) wrong / all;
  }

  /** How many classes come before one; all if a logit is not a number. */
  private static int rank(Tensor logits, int label, int example) {
    int n = logits.shape().dim(1);
    float own = logits.at(label * n + example);
    int before = 0;
    for (int k = 0; k < logits.shape().dim(0); k++) {
      float other = logits.at(k * n + example);
      if (Float.isNaN(other)) {
        return logits.shape().dim(0);
      }
      before += other > own || (other == own && k < label) ? 1 : 0;
    }
    return before;
  }
}
