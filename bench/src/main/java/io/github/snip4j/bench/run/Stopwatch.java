package io.github.snip4j.bench.run;

import io.github.snip4j.nn.train.Callback;

/** Measures how long a callback takes. */
final class Stopwatch implements Callback {
  private final Callback measured;
  private long nanos;

  Stopwatch(Callback measured) {
    this.measured = measured;
  }

  @Override
  public void afterStep(Step step) {
    long start = System.nanoTime();
    measured.afterStep(step);
    nanos += System.nanoTime() - start;
  }

  double seconds() {
    return nanos / 1e9;
  }
}
