package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.nn.objective.Objective;

/** How large a training set is that comes in batches. */
final class TrainingSet {
  private TrainingSet() {}

  /** N: what the mean of the loss over one epoch is over. All batches but the last are as large. */
  static double count(Objective objective, BatchSource batches) {
    int last = batches.batchesPerEpoch() - 1;
    double each = objective.count(batches.at(0).targets());
    return last * each + objective.count(batches.at(last).targets());
  }
}
