package io.github.snip4j.bench.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to look for datasets. */
public final class LookOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Look here (default: SNIP4J_DATA, or the user's cache folder).")
  public @Nullable Path dir;
}
