package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.run.Data;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dataset, and where its files are. */
public final class DatasetOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "mnist",
      description =
          "The dataset; 'snip4j datasets' lists them (default: ${DEFAULT-VALUE}, which is built"
              + " in).")
  private String name = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Read the dataset's own files from here, or from a folder of its name below (default:"
              + " SNIP4J_DATA, or the user's cache folder).")
  private @Nullable Path dir;

  public Data data() {
    return named(name);
  }

  /** The folder as it is recorded; null for the usual one. */
  public @Nullable String folder() {
    return dir == null ? null : dir.toString();
  }

  /**
   * The dataset of this name.
   *
   * @throws UserError if there is none, and which are called almost so
   */
  public static Data named(String name) {
    return NameLookup.byName("data", name, Data.all(), Data::name);
  }
}
