package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is pruned, by what, and how far. */
public final class PruningOptions {
  public @Mixin NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--sparsity",
      paramLabel = "SHARE",
      defaultValue = "0.98",
      description =
          "The share of connections to prune, from 0 to below 1 (default: ${DEFAULT-VALUE}).")
  public double sparsity;

  @Option(
      names = "--criterion",
      paramLabel = "NAME",
      defaultValue = "snip",
      description =
          "What says which connections are kept: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  public CriterionKind criterion = CriterionKind.SNIP;

  public @Mixin ScoringOptions scoring = new ScoringOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Where all random draws come from (default: ${DEFAULT-VALUE}). Same seed, same bits.")
  public long seed;

  /** Says what is out of range. */
  public void check() {
    RunOptions.checkPruning(sparsity, scoring.sensitivityBatch, network.classes);
  }

  /** The options of a run. */
  public RunOptions run(DataSpec data, TrainingOptions training) {
    return training.run(network, criterion, sparsity, seed, scoring, data);
  }
}
