package io.github.snip4j.bench.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often a run is written down, to go on with when it is interrupted. */
public final class CheckpointOptions {
  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Steps between checkpoints, from which an interrupted run goes on; 0 for none (default:"
              + " every ten seconds, or more rarely where that would take more than 0.5 %% of the"
              + " time).")
  private @Nullable Integer checkpointEvery;

  /**
   * Steps between checkpoints; 0 for none; null for as often as costs little.
   *
   * @throws UserError if there are fewer than none
   */
  public @Nullable Integer steps() {
    if (checkpointEvery != null && checkpointEvery < 0) {
      throw new UserError("--checkpoint-every " + checkpointEvery + ": expected 0 or more");
    }
    return checkpointEvery;
  }
}
