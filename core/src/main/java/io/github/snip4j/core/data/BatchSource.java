package io.github.snip4j.core.data;

/**
 * An endless sequence of batches, each a pure function of its number: nothing carries state, so a
 * run can be taken up at any step.
 */
public interface BatchSource {
  /** The batch of one step, from 0 on. Epochs follow each other without a gap. */
  Batch at(long step);

  /** How many batches go through every example once; the last of them may be smaller. */
  int batchesPerEpoch();
}
