package io.github.snip4j.bench.cli;

import io.github.snip4j.nn.train.Callback;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far training is, how fast, how well, and how long it will take. */
final class Progress {
  private static final int LINES = 10;

  private Progress() {}

  /** A bar on a terminal, a line for every tenth elsewhere. */
  static Callback create(String what, long steps, int batch, PrintWriter err) {
    boolean terminal = Boolean.getBoolean("snip4j.terminal"); // the launcher knows
    return terminal ? bar(what, steps, batch) : lines(what, steps, batch, err);
  }

  private static Callback bar(String what, long steps, int batch) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(steps * batch)
            .setUnit(" images", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .showSpeed(new DecimalFormat("#,##0"))
            .build();
    return step -> {
      bar.stepBy(step.examples());
      bar.setExtraMessage(String.format(Locale.ROOT, ", loss %.4f", step.loss()));
      if (step.number() == steps) {
        bar.stepTo(bar.getMax()); // the last batch of an epoch may be smaller
        bar.close();
      }
    };
  }

  private static Callback lines(String what, long steps, int batch, PrintWriter err) {
    long start = System.nanoTime();
    return step -> {
      long done = step.number();
      if (done * LINES / steps != (done - 1) * LINES / steps) {
        double seconds = (System.nanoTime() - start) / 1e9;
        long left = Math.round(seconds / done * (steps - done));
        err.printf(
            Locale.ROOT,
            "%s: %3d %%, %,.0f images/s, loss %.4f, %s left%n",
            what,
            100 * done / steps,
            done * batch / seconds,
            step.loss(),
            clock(Duration.ofSeconds(left)));
      }
    };
  }

  private static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
