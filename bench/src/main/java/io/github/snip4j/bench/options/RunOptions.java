package io.github.snip4j.bench.options;

import io.github.snip4j.snip.Biases;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to run; recorded in the result as it is.
 *
 * @param classes how many the network tells apart; null for as many as the data have
 * @param sparsity the share of connections to prune, in [0, 1)
 * @param iterations training steps
 * @param lr learning rate that the schedule begins with
 * @param warmUp how many steps come before, in which the rate rises to that
 * @param redraw whether training starts from a second, independent draw of the weights, as in the
 *     authors' code
 * @param kernels how what the pruned network computes with is chosen
 * @param scoring how connections are scored and chosen
 * @param sensitivityBatch examples that the connections are scored on
 */
public record RunOptions(
    String model,
    @Nullable Integer classes,
    DataSpec data,
    double sparsity,
    int iterations,
    int batch,
    double lr,
    ScheduleKind schedule,
    int warmUp,
    double weightDecay,
    OptimizerKind optimizer,
    long seed,
    int sensitivityBatch,
    boolean redraw,
    Biases biases,
    ScoringSpec scoring,
    SparseMode kernels,
    boolean withDense) {
  /** Nothing but what is marked may be missing. */
  public RunOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(biases, "biases");
    Objects.requireNonNull(scoring, "scoring");
    Objects.requireNonNull(kernels, "kernels");
  }

  /** The same on other data. */
  public RunOptions withData(DataSpec other) {
    return new RunOptions(
        model,
        classes,
        other,
        sparsity,
        iterations,
        batch,
        lr,
        schedule,
        warmUp,
        weightDecay,
        optimizer,
        seed,
        sensitivityBatch,
        redraw,
        biases,
        scoring,
        kernels,
        withDense);
  }

  /** The same with another criterion, in its own rounds if none are given, sparsity and seed. */
  public RunOptions comparedTo(
      CriterionKind criterion, @Nullable Integer rounds, double otherSparsity, long otherSeed) {
    return new RunOptions(
        model,
        classes,
        data,
        otherSparsity,
        iterations,
        batch,
        lr,
        schedule,
        warmUp,
        weightDecay,
        optimizer,
        otherSeed,
        sensitivityBatch,
        redraw,
        biases,
        scoring.by(criterion, rounds),
        kernels,
        withDense);
  }
}
