package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.datasets.fetch.Watcher;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress of a download: a bar on a terminal, elsewhere a line for every tenth. */
public final class TransferConsole implements Watcher {
  private static final int LINES = 10;

  private final PrintWriter err;

  public TransferConsole(PrintWriter err) {
    this.err = err;
  }

  @Override
  public Transfer begin(String what, long bytes) {
    return new Shown(
        what, Math.max(1, bytes), Integer.getInteger(ConsoleReport.COLUMNS_PROPERTY, 0));
  }

  private final class Shown implements Transfer {
    private final String what;
    private final long bytes;
    private final long start = System.nanoTime();
    private final @Nullable BarLine bar;
    private volatile long first = -1; // what was there before, of an earlier download
    private volatile long at;

    Shown(String what, long bytes, int columns) {
      this.what = what;
      this.bytes = bytes;
      this.bar = columns > 0 ? new BarLine(what, this::percent, this::pace, columns, err) : null;
    }

    @Override
    public void at(long now) {
      long before = at;
      first = first < 0 ? now : first;
      at = now;
      if (bar == null && now * LINES / bytes > before * LINES / bytes) {
        err.printf(Locale.ROOT, "%s: %3d %%, %s%n", what, percent(), pace());
      }
    }

    private int percent() {
      return (int) Math.min(100, 100 * at / bytes);
    }

    /**
     * How far it is, how fast, and the time left, as in {@code 42.1 of 170.1 MB, 5.3 MB/s, 0:00:24
     * left}.
     */
    private String pace() {
      double seconds = (System.nanoTime() - start) / 1e9;
      double perSecond = (at - Math.max(0, first)) / seconds;
      Duration left = Duration.ofSeconds(perSecond > 0 ? Math.round((bytes - at) / perSecond) : 0);
      return String.format(
          Locale.ROOT,
          "%.1f of %.1f MB, %.1f MB/s%s",
          at / 1e6,
          bytes / 1e6,
          perSecond / 1e6,
          perSecond > 0
              ? String.format(
                  Locale.ROOT,
                  ", %d:%02d:%02d left",
                  left.toHours(),
                  left.toMinutesPart(),
                  left.toSecondsPart())
              : "");
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
