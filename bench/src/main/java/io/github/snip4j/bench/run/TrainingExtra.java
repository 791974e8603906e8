package io.github.snip4j.bench.run;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.train.CheckpointExtras;
import java.util.function.DoubleSupplier;

/** What else happens between the steps of a training, before the network is validated. */
@FunctionalInterface
interface TrainingExtra {
  /** Nothing. */
  TrainingExtra NOTHING = (network, step, seconds) -> {};

  /**
   * A step is done.
   *
   * @param network that is trained; may be changed
   * @param step how many are done
   * @param seconds that the steps took so far
   */
  void afterStep(Network network, long step, DoubleSupplier seconds);

  /** What a checkpoint must hold of it. */
  default CheckpointExtras extras() {
    return CheckpointExtras.NONE;
  }
}
