package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.run.Experiment;
import java.io.PrintWriter;

/** The progress of a training as a bar on a terminal. */
final class TerminalBar implements Experiment.Progress {
  private final Throughput pace;
  private final BarLine bar;

  TerminalBar(String what, long steps, long before, int columns, PrintWriter err) {
    this.pace = new Throughput(steps, before);
    this.bar = new BarLine(what, pace::percent, pace::toString, columns, err);
  }

  @Override
  public void afterStep(Step step) {
    pace.count(step);
  }

  @Override
  public void close() {
    bar.close();
  }
}
