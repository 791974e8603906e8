package io.github.snip4j.bench.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Going on with a run that was interrupted. */
public final class ResumeOptions {
  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description =
          "Steps between checkpoints, from which --resume goes on; 0 for none (default: every ten"
              + " seconds, or more rarely where that would take more than 0.5 %% of the time).")
  public @Nullable Integer checkpointEvery;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the run in this folder that was interrupted, to the same bits. Its options"
              + " come from its checkpoint; only --threads, --gemm, --data-dir and"
              + " --checkpoint-every may be others.")
  public @Nullable Path folder;

  /** Says what is out of range. */
  public void check() {
    check(checkpointEvery);
  }

  /** Says if {@code --checkpoint-every} is out of range. */
  public static void check(@Nullable Integer every) {
    if (every != null && every < 0) {
      throw new UserError("--checkpoint-every " + every + ": expected 0 or more");
    }
  }
}
