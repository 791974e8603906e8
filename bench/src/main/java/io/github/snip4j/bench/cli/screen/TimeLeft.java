package io.github.snip4j.bench.cli.screen;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** How long the rest of a sweep will take: as long for each cell as those that have ended took. */
final class TimeLeft {
  private final int jobs;
  private final LongSupplier clock; // nanoseconds
  private final Map<Integer, Long> begun = new HashMap<>();
  private int left;
  private int measured;
  private double seconds;

  /**
   * @param cells of the sweep
   * @param jobs how many run at a time
   */
  TimeLeft(int cells, int jobs, LongSupplier clock) {
    this.left = cells;
    this.jobs = jobs;
    this.clock = clock;
  }

  synchronized void begins(int cell) {
    begun.put(cell, clock.getAsLong());
  }

  /** A cell that began or, having been finished before, did not, has ended. */
  synchronized void ended(int cell) {
    left--;
    Long start = begun.remove(cell);
    if (start != null) {
      measured++;
      seconds += since(start);
    }
  }

  private double since(long start) {
    return (clock.getAsLong() - start) / 1e9;
  }

  /** As in {@code ; 0:02:10 left}; empty if nothing is left, or nobody knows. */
  synchronized String words() {
    if (left == 0 || measured == 0) {
      return "";
    }
    double each = seconds / measured;
    double sum = each * (left - begun.size());
    for (long start : begun.values()) {
      sum += Math.max(0, each - since(start));
    }
    Duration rest = Duration.ofSeconds(Math.round(sum / Math.min(jobs, left)));
    return String.format(
        Locale.ROOT,
        "; %d:%02d:%02d left",
        rest.toHours(),
        rest.toMinutesPart(),
        rest.toSecondsPart());
  }
}
