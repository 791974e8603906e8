package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.run.Experiment;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress where there is no terminal: a line for every tenth. */
final class ProgressLines implements Experiment.Progress {
  private static final int LINES = 10;

  private final String what;
  private final long steps;
  private final PrintWriter err;
  private final Throughput pace;

  ProgressLines(String what, long steps, long before, PrintWriter err) {
    this.what = what;
    this.steps = steps;
    this.err = err;
    this.pace = new Throughput(steps, before);
  }

  @Override
  public void afterStep(Step step) {
    pace.count(step);
    long done = step.number();
    if (done * LINES / steps != (done - 1) * LINES / steps) {
      err.printf(Locale.ROOT, "%s: %3d %%, %s%n", what, pace.percent(), pace);
    }
  }

  @Override
  public void close() {}
}
