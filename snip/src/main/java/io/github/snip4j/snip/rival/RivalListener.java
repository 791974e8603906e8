package io.github.snip4j.snip.rival;

/** Somebody who is told how far a {@link Rival} has come. */
@FunctionalInterface
public interface RivalListener {
  /** Listens to nothing. */
  RivalListener NONE = (step, of, loss) -> {};

  /**
   * Called after each training step, on the training thread.
   *
   * @param step how many are done, from 1 on
   * @param of how many there are in all
   * @param loss of the step's batch
   */
  void afterStep(long step, long of, double loss);
}
