package io.github.snip4j.bench.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Going on with a run that was interrupted. */
public final class ResumeOptions {
  private @Mixin CheckpointOptions checkpoints = new CheckpointOptions();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the run in this folder that was interrupted, to the same bits. Its options"
              + " come from its checkpoint; only --threads, --gemm, --data-dir, --on and"
              + " --checkpoint-every may be others.")
  public @Nullable Path folder;

  /** Steps between checkpoints; 0 for none; null for as often as costs little. */
  public @Nullable Integer checkpointEvery() {
    return checkpoints.steps();
  }
}
