package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.nn.Pass;

/** What else happens during training: progress, measurements, checkpoints. */
@FunctionalInterface
public interface Callback {
  /** Called after each step, on the training thread, with the parameters updated. */
  void afterStep(Step step);

  /** Whether training is to end; asked after each step, when all callbacks have been called. */
  default boolean wantsToStop() {
    return false;
  }

  /**
   * Whether this needs the gradients of a step at every position, also where a parameter is pruned:
   * then the step is computed in {@link Pass#wholeGradients}. That takes the time and the memory of
   * dense gradients.
   *
   * @param number of the step, from 1 on
   */
  default boolean needsWholeGradients(long number) {
    return false;
  }

  /**
   * Called within each step, on the training thread, after the parameters were updated. Here, and
   * after a step, {@link io.github.snip4j.nn.Network#restructure} may change which connections
   * exist.
   *
   * @param number of the step, from 1 on
   * @param pass of the step
   * @param gradients of the step's batch, of the last one if it has several, before any clipping;
   *     they are overwritten by the next step
   */
  default void afterUpdate(long number, Pass pass, Gradients gradients) {}

  /**
   * What happened in a step.
   *
   * @param number from 1 on: how many steps were done
   * @param loss of the batch, before the update and without penalties
   * @param rate the learning rate
   * @param examples the size of the batch; of all, if a step has several
   */
  record Step(long number, float loss, double rate, int examples) {}
}
