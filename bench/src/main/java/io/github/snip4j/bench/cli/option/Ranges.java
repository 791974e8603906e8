package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.AllocationChoice;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.SampleChoice;
import io.github.snip4j.bench.options.ScoringSpec;

/** What the values of options may be, whether from a command line or from a file. */
public final class Ranges {
  private Ranges() {}

  /**
   * Checks all options of a run.
   *
   * @throws UserError if one is out of range
   */
  public static void check(RunOptions options) {
    check(options.sparsity(), options.sensitivityBatch());
    NamedModel.checkClasses(options.classes());
    check(options.data());
    check(options.scoring());
    require(
        options.iterations() >= 1, "--iterations " + options.iterations() + ": expected 1 or more");
    require(options.batch() >= 1, "--batch " + options.batch() + ": expected 1 or more");
    double rate = options.lr();
    require(rate > 0 && rate < Double.MAX_VALUE, "--lr " + rate + ": expected more than 0");
    int warmUp = options.warmUp();
    require(
        warmUp >= 0 && warmUp < options.iterations(),
        "--warm-up " + warmUp + ": expected 0 to below --iterations " + options.iterations());
    double decay = options.weightDecay();
    require(
        decay >= 0 && decay < Double.MAX_VALUE, "--weight-decay " + decay + ": expected 0 or more");
  }

  /** Checks what every command that prunes has. */
  static void check(double sparsity, int sensitivityBatch) {
    require(sparsity >= 0 && sparsity < 1, "--sparsity " + sparsity + ": expected 0 to below 1");
    require(
        sensitivityBatch >= 1, "--sensitivity-batch " + sensitivityBatch + ": expected 1 or more");
  }

  /** Checks how connections are to be scored and chosen. */
  static void check(ScoringSpec scoring) {
    require(scoring.rounds() >= 1, "--rounds " + scoring.rounds() + ": expected 1 or more");
    require(
        scoring.batches() >= 1,
        "--sensitivity-batches " + scoring.batches() + ": expected 1 or more");
    Double share = scoring.movingAverage();
    require(
        share == null || (share >= 0 && share < 1),
        "--moving-average " + share + ": expected 0 to below 1");
    AllocationChoice.of(scoring.allocation());
  }

  /** Checks which data are asked for. */
  static void check(DataSpec data) {
    Integer limit = data.limit();
    require(limit == null || limit >= 1, "--limit " + limit + ": expected 1 or more");
    require(
        SampleChoice.isKnown(data.sensitivityFrom()),
        "--sensitivity-from " + data.sensitivityFrom() + ": expected random, balanced or class:K");
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new UserError(sentence);
    }
  }
}
