package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.nn.train.Callback;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The progress of a training: a bar on a terminal, elsewhere a line for every tenth. */
final class TrainingProgress implements Callback, AutoCloseable {
  private static final int LINES = 10;

  private final String what;
  private final long steps;
  private final PrintWriter err;
  private final Throughput pace;
  private final @Nullable BarLine bar;

  /**
   * @param done how many of the steps were done before
   * @param columns the width of the terminal; 0 where there is none
   */
  TrainingProgress(String what, long steps, long done, int columns, PrintWriter err) {
    this.what = what;
    this.steps = steps;
    this.err = err;
    this.pace = new Throughput(steps, done);
    this.bar = columns > 0 ? new BarLine(what, pace::percent, pace::toString, columns, err) : null;
  }

  @Override
  public void afterStep(Step step) {
    pace.count(step);
    long done = step.number();
    if (bar == null && done * LINES / steps != (done - 1) * LINES / steps) {
      err.printf(Locale.ROOT, "%s: %3d %%, %s%n", what, pace.percent(), pace);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
