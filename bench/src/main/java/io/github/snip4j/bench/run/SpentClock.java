package io.github.snip4j.bench.run;

import io.github.snip4j.datasets.Loader;
import io.github.snip4j.nn.train.Callback;
import org.jspecify.annotations.Nullable;

/** Measures where the seconds of one training go, and adds them to those before an interruption. */
final class SpentClock {
  private final Checkpoints checkpoints;
  private final Spent before;
  private final double checkpointsBefore;
  private final long start = System.nanoTime();
  private long loopStart;
  private double checkpointsBeforeLoop;
  private @Nullable Loader loader;
  private @Nullable Stopwatch validation;

  SpentClock(Checkpoints checkpoints) {
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
  Spent spent() {
    long now = System.nanoTime();
    double steps = 0;
    double waiting = 0;
    if (loader != null && validation != null) {
      double others = validation.seconds() + checkpoints.seconds() - checkpointsBeforeLoop;
      steps = (now - loopStart) / 1e9 - others;
      waiting = loader.waitedSeconds();
    }
    double writing = checkpoints.seconds() - checkpointsBefore;
    return before.plus(new Spent((now - start) / 1e9, steps, waiting, writing));
  }
}
