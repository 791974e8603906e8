package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.TimeBreakdown;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Measures the time breakdown of one training, and adds it to that before an interruption. */
final class TimeBreakdownClock {
  private final Checkpoints checkpoints;
  private final TimeBreakdown before;
  private final double checkpointsBefore;
  private final long start = System.nanoTime();
  private long loopStart;
  private double checkpointsBeforeLoop;
  private @Nullable DoubleSupplier waited;
  private long paused; // nanoseconds

  TimeBreakdownClock(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    this.before = checkpoints.state().spent();
    this.checkpointsBefore = checkpoints.seconds();
  }

  /**
   * The steps begin.
   *
   * @param waitedSeconds for data, so far
   */
  void loopBegins(DoubleSupplier waitedSeconds) {
    waited = waitedSeconds;
    checkpointsBeforeLoop = checkpoints.seconds();
    loopStart = System.nanoTime();
  }

  /** Some of the loop's time went into what is no step, as validating. */
  void paused(long nanos) {
    paused += nanos;
  }

  /** All that was spent until now. */
  TimeBreakdown spent() {
    long now = System.nanoTime();
    double steps = 0;
    double waiting = 0;
    if (waited != null) {
      double others = paused / 1e9 + checkpoints.seconds() - checkpointsBeforeLoop;
      steps = (now - loopStart) / 1e9 - others;
      waiting = waited.getAsDouble();
    }
    double writing = checkpoints.seconds() - checkpointsBefore;
    return before.plus(new TimeBreakdown((now - start) / 1e9, steps, waiting, writing));
  }
}
