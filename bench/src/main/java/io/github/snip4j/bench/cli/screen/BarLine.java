package io.github.snip4j.bench.cli.screen;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/**
 * A progress bar on a terminal.
 *
 * <p>Implementation note: the library's own console would open the terminal through JLine, which
 * takes the handling of Ctrl-C away from Java: nothing would be tidied up. So the line is written
 * here, and the launcher says how wide the terminal is.
 */
final class BarLine implements AutoCloseable {
  private final IntSupplier percent;
  private final Supplier<String> pace;
  private final ProgressBar bar;

  /**
   * Draws it four times a second, asking how far things are and at what pace.
   *
   * @param columns the width of the terminal
   */
  BarLine(String what, IntSupplier percent, Supplier<String> pace, int columns, PrintWriter err) {
    this.percent = percent;
    this.pace = pace;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setUpdateIntervalMillis(250)
            .setRenderer(this::render)
            .setConsumer(new Line(err, columns - 1)) // the last column would begin a new line
            .build();
  }

  @Override
  public void close() {
    bar.close();
  }

  /** Name, percentage and pace; the bar takes what is left of the width. */
  private String render(ProgressState state, int width) {
    int done = percent.getAsInt();
    String left = String.format(Locale.ROOT, "%s %3d %% [", state.getTaskName(), done);
    String right = "] " + pace.get();
    int cells = Math.max(0, Math.min(40, width - left.length() - right.length()));
    int full = cells * done / 100;
    return left + "=".repeat(full) + " ".repeat(cells - full) + right;
  }

  /** One line of a terminal, written again and again. */
  private static final class Line implements ProgressBarConsumer {
    private final PrintWriter err;
    private final int width;

    Line(PrintWriter err, int width) {
      this.err = err;
      this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
      return width;
    }

    @Override
    public void accept(String line) {
      String cut = line.substring(0, Math.min(width, line.length()));
      err.print("\r" + cut + " ".repeat(width - cut.length()));
      err.flush();
    }

    @Override
    public void close() {
      err.println();
    }
  }
}
