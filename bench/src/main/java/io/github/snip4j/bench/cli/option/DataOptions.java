package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which examples there are: the same for every command that prunes. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "mnist",
      description =
          "The dataset; 'snip4j datasets' lists them (default: ${DEFAULT-VALUE}, which is built"
              + " in).")
  public String name = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Read the dataset's own files from here, or from a folder of its name below (default:"
              + " SNIP4J_DATA, or the user's cache folder).")
  public @Nullable Path dir;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Train on N examples only, chosen by seed; validation and test set stay whole (default:"
              + " on all).")
  @Nullable Integer limit;

  @Option(names = "--invert", description = "Invert all pixels (default: off).")
  public boolean invert;

  @Option(
      names = "--sensitivity-from",
      paramLabel = "CHOICE",
      defaultValue = "random",
      description =
          "Which training examples the connections are scored on: random; balanced, as many of"
              + " each class; or class:K, of one class by number or name (default:"
              + " ${DEFAULT-VALUE}).")
  public String sensitivityFrom = "random";

  public Data data() {
    return named(name);
  }

  public static Data named(String name) {
    return NameLookup.byName("data", name, Data.all(), Data::name);
  }

  public DataSpec spec(ShowingOptions showing) {
    DataSpec spec =
        new DataSpec(
            data().name(),
            dir == null ? null : dir.toString(),
            limit,
            showing.labels,
            invert,
            showing.augment,
            sensitivityFrom);
    Ranges.check(spec);
    return spec;
  }
}
