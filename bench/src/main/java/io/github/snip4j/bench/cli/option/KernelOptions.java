package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.SparseMode;
import picocli.CommandLine.Option;

/** What a pruned network computes with. */
final class KernelOptions {
  enum Sparse {
    ON,
    OFF
  }

  enum Choice {
    MODEL,
    TRIAL
  }

  @Option(
      names = "--sparse",
      paramLabel = "on|off",
      defaultValue = "on",
      description =
          "on: the pruned network computes with its kept weights alone, where that is faster; off:"
              + " with all of them, those that are pruned being 0 (default: ${DEFAULT-VALUE}).")
  private Sparse sparse = Sparse.ON;

  @Option(
      names = "--kernel-choice",
      paramLabel = "RULE",
      defaultValue = "model",
      description =
          "Which layers that is faster for: model, as measured once by shape and density, so that"
              + " results are the same everywhere; trial, as measured here and now"
              + " (default: ${DEFAULT-VALUE}).")
  private Choice choice = Choice.MODEL;

  SparseMode mode() {
    if (sparse == Sparse.OFF) {
      return SparseMode.DENSE;
    }
    return choice == Choice.MODEL ? SparseMode.MODEL : SparseMode.TRIAL;
  }
}
