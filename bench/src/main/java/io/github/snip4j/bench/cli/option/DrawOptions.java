package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.DrawSpec;
import io.github.snip4j.bench.options.OptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How first weights are drawn. */
public final class DrawOptions {
  @Option(
      names = "--init",
      paramLabel = "NAME",
      defaultValue = "lecun",
      description =
          "How first weights are drawn: lecun, glorot (the paper's VS-X), he (VS-H), orthogonal,"
              + " normal or truncated-normal (RN, TN), these two with deviation 1 or another, as in"
              + " normal:0.1 (default: ${DEFAULT-VALUE}).")
  String init = "lecun";

  @Option(
      names = "--scoring-init",
      paramLabel = "NAME",
      description =
          "How the weights are drawn that connections are scored on; training then starts from a"
              + " draw of its own (default: those that are trained are scored).")
  @Nullable String scoringInit;

  @Option(
      names = "--scoring-biases",
      paramLabel = "HOW",
      defaultValue = "zero",
      description =
          "What biases are scored with: zero, where their sensitivity is 0; or drawn, as in the"
              + " authors' first code: training then starts from a draw of its own (default:"
              + " ${DEFAULT-VALUE}).")
  DrawSpec.FirstBiases scoringBiases = DrawSpec.FirstBiases.ZERO;

  /**
   * These options as a run uses and records them.
   *
   * @throws OptionException if there is no such initialiser
   */
  public DrawSpec spec() {
    return new DrawSpec(init, scoringInit, scoringBiases);
  }
}
