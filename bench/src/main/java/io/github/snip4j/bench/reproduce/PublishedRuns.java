package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a page says of a run: all that is needed to write the page again where the run's folder is
 * not. Runs of several seeds can share one, as their mean and deviation.
 *
 * @param row the name of their row
 * @param command the options of {@code snip4j run}, here with seed 1
 * @param seeds of the runs, rising
 * @param keptLeast the fewest connections that one of them keeps
 * @param keptMost the most
 * @param pruned test errors of the pruned networks after the last step
 * @param dense those of the networks that were not pruned; of none where none were trained
 * @param authors the errors that the authors' code would print: the least of the last checkpoints
 * @param seconds the mean time of a run
 * @param made by what it was made: version, commit, Java and machine
 */
public record PublishedRuns(
    String row,
    String command,
    List<Long> seeds,
    int keptLeast,
    int keptMost,
    Spread pruned,
    Spread dense,
    Spread authors,
    double seconds,
    String made) {
  /**
   * Checks what may have been read from a file.
   *
   * @throws IllegalArgumentException if it cannot be said of any runs
   */
  public PublishedRuns {
    seeds = List.copyOf(seeds);
    boolean rising = !seeds.isEmpty();
    for (int i = 1; i < seeds.size(); i++) {
      rising &= seeds.get(i - 1) < seeds.get(i);
    }
    if (!rising) {
      throw new IllegalArgumentException("row " + row + ": expected rising seeds, got " + seeds);
    }
    if (keptLeast < 0 || keptMost < keptLeast || !(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          ("row " + row + ": from " + keptLeast + " to " + keptMost + " connections, ")
              + (seconds + " seconds: expected numbers of at least 0, and the least first"));
    }
    if (Objects.requireNonNullElse(made, "").isEmpty()) {
      throw new IllegalArgumentException("row " + row + " does not say by what it was made");
    }
    for (Spread errors : List.of(pruned, dense, authors)) {
      if (errors.n() > seeds.size()) {
        throw new IllegalArgumentException(
            "row " + row + ": " + errors.n() + " errors of " + seeds.size() + " runs");
      }
    }
  }

  /** A run whose result is here. */
  static PublishedRuns of(Row row, String command, RunResult result, String made) {
    TrainingResult dense = result.dense();
    OptionalDouble authors = result.pruned().leastOfLastCheckpoints();
    return new PublishedRuns(
        row.id(),
        command,
        List.of(result.options().seed()),
        result.kappa(),
        result.kappa(),
        Spread.of(List.of(result.pruned().last().test().error())),
        Spread.of(dense == null ? List.of() : List.of(dense.last().test().error())),
        Spread.of(authors.isPresent() ? List.of(authors.getAsDouble()) : List.of()),
        result.totalSeconds(),
        made);
  }
}
