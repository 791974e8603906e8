package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.datasets.Loader;
import io.github.snip4j.nn.train.Callback;
import org.jspecify.annotations.Nullable;

/** Measures the time breakdown of one training, and adds it to that before an interruption. */
final class TimeBreakdownClock {
  private final Checkpoints checkpoints;
  private final TimeBreakdown before;
  private final double checkpointsBefore;
  private final long start = System.nanoTime();
  private long loopStart;
  private double checkpointsBeforeLoop;
  private @Nullable Loader loader;
  private @Nullable Stopwatch validation;

  TimeBreakdownClock(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    this.before = checkpoints.state().spent();
    this.checkpointsBefore = checkpoints.seconds();
  }

  /** The steps begin; returns the callback, measured. */
  Callback startLoop(Loader batches, Callback validated) {
    loader = batches;
    validation = new Stopwatch(validated);
    checkpointsBeforeLoop = checkpoints.seconds();
    loopStart = System.nanoTime();
    return validation;
  }

  /** All that was spent until now. */
  TimeBreakdown spent() {
    long now = System.nanoTime();
    double steps = 0;
    double waiting = 0;
    if (loader != null && validation != null) {
      double others = validation.seconds() + checkpoints.seconds() - checkpointsBeforeLoop;
      steps = (now - loopStart) / 1e9 - others;
      waiting = loader.waitedSeconds();
    }
    double writing = checkpoints.seconds() - checkpointsBefore;
    return before.plus(new TimeBreakdown((now - start) / 1e9, steps, waiting, writing));
  }
}
