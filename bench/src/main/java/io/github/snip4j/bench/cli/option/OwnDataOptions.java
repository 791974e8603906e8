package io.github.snip4j.bench.cli.option;

import io.github.snip4j.datasets.ReadOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How data of the user's own are read. */
public final class OwnDataOptions {
  @Option(
      names = "--size",
      paramLabel = "HxW",
      description =
          "Resize the pictures of your own data to H pixels high and W wide, as in 32x32; make"
              + " pictures of a table's columns (default: as they are).")
  @Nullable String size;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "The column of your own table that holds the classes (default: the one called label,"
              + " class, target, species or category).")
  @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of your own table that are no features (default: none).")
  List<String> ignored = List.of();

  /** These options as the readers take them. */
  public ReadOptions reading() {
    return new ReadOptions(size == null ? null : ReadOptions.Size.parse(size), label, ignored);
  }
}
