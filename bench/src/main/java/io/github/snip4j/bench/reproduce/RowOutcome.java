package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.result.RunResult;
import java.util.List;
import java.util.function.Function;

/**
 * What came of a row's runs.
 *
 * @param wanted how many there are to be
 * @param results of those whose folders are here, in the order of their seeds
 * @param runs what is said of these, and of others that were published before
 * @param failures why some have no result, a sentence each
 */
public record RowOutcome(
    Row row, int wanted, List<RunResult> results, List<PublishedRuns> runs, List<String> failures) {
  /** The test error of the pruned networks after the last step. */
  Spread pruned() {
    return all(PublishedRuns::pruned);
  }

  /** The test error of the networks that were not pruned, where they were trained too. */
  Spread dense() {
    return all(PublishedRuns::dense);
  }

  /** The error that the authors' code would print: the least of its last checkpoints. */
  Spread authors() {
    return all(PublishedRuns::authors);
  }

  /** How many runs there are. */
  int seeds() {
    return runs.stream().mapToInt(some -> some.seeds().size()).sum();
  }

  /** The time of all runs. */
  double seconds() {
    return runs.stream().mapToDouble(some -> some.seeds().size() * some.seconds()).sum();
  }

  /** The fewest connections that a run keeps, where methods find out themselves. */
  int keptLeast() {
    return runs.stream().mapToInt(PublishedRuns::keptLeast).min().orElse(0);
  }

  /** The most connections that a run keeps. */
  int keptMost() {
    return runs.stream().mapToInt(PublishedRuns::keptMost).max().orElse(0);
  }

  private Spread all(Function<PublishedRuns, Spread> errors) {
    return Spread.all(runs.stream().map(errors).toList());
  }
}
