package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a row's runs.
 *
 * @param runs how many there are to be
 * @param results of those that are finished, in the order of their seeds
 * @param failures why others have none, a sentence each
 */
public record RowOutcome(Row row, int runs, List<RunResult> results, List<String> failures) {
  /** The test error of the pruned networks after the last step. */
  Spread pruned() {
    return spread(RunResult::pruned, training -> training.last().test().error());
  }

  /** The test error of the networks that were not pruned, where they were trained too. */
  Spread dense() {
    return spread(RunResult::dense, training -> training.last().test().error());
  }

  /** The error that the authors' code would print: the least of its last checkpoints. */
  Spread authors() {
    return spread(
        RunResult::pruned,
        training ->
            training.leastOfLastCheckpoints().isPresent()
                ? training.leastOfLastCheckpoints().getAsDouble()
                : null);
  }

  /** The mean time of a run. */
  double seconds() {
    return results.stream().mapToDouble(RunResult::totalSeconds).average().orElse(0);
  }

  /** How many connections are kept: the fewest and the most, if methods find out themselves. */
  IntSummaryStatistics kept() {
    return results.stream().mapToInt(RunResult::kappa).summaryStatistics();
  }

  private Spread spread(
      Function<RunResult, @Nullable TrainingResult> which,
      Function<TrainingResult, @Nullable Double> error) {
    List<Double> errors = new ArrayList<>();
    for (RunResult result : results) {
      TrainingResult training = which.apply(result);
      Double share = training == null ? null : error.apply(training);
      if (share != null) {
        errors.add(share);
      }
    }
    return Spread.of(errors);
  }
}
