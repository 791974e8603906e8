package io.github.snip4j.bench.run;

import org.jspecify.annotations.Nullable;

/**
 * When checkpoints are written: every N steps, never, or by the clock.
 *
 * <p>By the clock they are at least ten seconds apart, and so far apart that writing takes less
 * than half a percent of the time. When they are written decides nothing about the results.
 */
final class CheckpointSchedule {
  private static final double SECONDS_APART = 10;
  private static final double TIMES_THE_COST = 200;

  private final @Nullable Integer steps;
  private double writtenAt = now();
  private double cost;

  /**
   * @param steps between checkpoints; 0 for none; null for the clock
   */
  CheckpointSchedule(@Nullable Integer steps) {
    this.steps = steps;
  }

  /** Whether there are any. */
  boolean isOn() {
    return steps == null || steps > 0;
  }

  /** Whether one is due after this step. */
  boolean isDue(long step) {
    if (steps != null) {
      return steps > 0 && step % steps == 0;
    }
    return now() - writtenAt >= Math.max(SECONDS_APART, TIMES_THE_COST * cost);
  }

  /** One was written just now. */
  void written(double seconds) {
    cost = seconds;
    writtenAt = now();
  }

  private static double now() {
    return System.nanoTime() / 1e9;
  }
}
