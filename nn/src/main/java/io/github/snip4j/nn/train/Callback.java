package io.github.snip4j.nn.train;

/** What else happens during training: progress, measurements, checkpoints. */
@FunctionalInterface
public interface Callback {
  /** Called after each step, on the training thread, with the parameters updated. */
  void afterStep(Step step);

  /**
   * What happened in a step.
   *
   * @param number from 1 on: how many steps were done
   * @param loss of the batch, before the update
   * @param rate the learning rate
   * @param examples the size of the batch
   */
  record Step(long number, float loss, double rate, int examples) {}
}
