package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import java.util.ArrayList;
import java.util.List;

/** Some of the training examples, for what is computed once and not in training steps. */
final class Sample {
  private Sample() {}

  static void checkCount(String rival, int examples) {
    if (examples < 1) {
      throw new IllegalArgumentException(rival + ": " + examples + " examples: expected 1 or more");
    }
  }

  /**
   * Whole batches of one epoch, in an order that the seed decides, until there are so many examples
   * or the epoch ends.
   */
  static List<Batch> of(BatchSource train, int examples, Seed seed) {
    List<Batch> batches = new ArrayList<>();
    int count = 0;
    for (int number : seed.child("sample").permutation(train.batchesPerEpoch())) {
      if (count >= examples) {
        break;
      }
      Batch batch = train.at(number);
      batches.add(batch);
      count += batch.size();
    }
    return batches;
  }
}
