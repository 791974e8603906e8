package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which examples to test on. */
public final class TestDataOptions {
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

  @Option(names = "--invert", description = "Invert all pixels (default: off).")
  private boolean invert;

  public Data data() {
    return DataOptions.named(name);
  }

  public DataSpec spec() {
    return new DataSpec(
        data().name(),
        dir == null ? null : dir.toString(),
        null,
        DataSpec.Labels.TRUE,
        invert,
        AugmentationKind.NONE,
        "random");
  }
}
