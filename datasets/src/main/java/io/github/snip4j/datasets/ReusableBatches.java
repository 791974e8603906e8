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

  @Override
  default Batch at(long step) {
    return at(step, null);
  }
}
