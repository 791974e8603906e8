package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import org.jspecify.annotations.Nullable;

/** Batches that can be written over others that are no longer needed. */
public interface ReusableBatches extends BatchSource {
  /**
   * The batch of one step.
   *
   * @param old a batch of this source that nobody needs any more; its arrays are used again if it
   *     has the right size. Null for new arrays
   */
  Batch at(long step, @Nullable Batch old);

  /**
   * A part of each of these batches, cut as {@link Batch#part} does. Those of {@link Examples} make
   * only what is in it.
   *
   * @param number of the part, from 0 on
   * @throws IllegalArgumentException if there is no such part; by default when a batch is asked for
   */
  default ReusableBatches part(int number, int parts) {
    ReusableBatches whole = this;
    return new ReusableBatches() {
      @Override
      public Batch at(long step, @Nullable Batch old) {
        return whole.at(step).part(number, parts);
      }

      @Override
      public int batchesPerEpoch() {
        return whole.batchesPerEpoch();
      }
    };
  }

  @Override
  default Batch at(long step) {
    return at(step, null);
  }
}
