package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.run.Data;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which examples there are to train on, and on which of them connections are scored. */
public final class DataOptions {
  private @Mixin DatasetOptions dataset = new DatasetOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Train on N examples only, chosen by seed; validation and test set stay whole (default:"
              + " on all).")
  private @Nullable Integer limit;

  private @Mixin PixelOptions pixels = new PixelOptions();

  @Option(
      names = "--sensitivity-from",
      paramLabel = "CHOICE",
      defaultValue = "random",
      description =
          "Which training examples the connections are scored on: random; balanced, as many of"
              + " each class; or class:K, of one class by number or name (default:"
              + " ${DEFAULT-VALUE}).")
  private String sensitivityFrom = "random";

  public Data data() {
    return dataset.data();
  }

  /** The folder of the data as it is recorded; null for the usual one. */
  public @Nullable String folder() {
    return dataset.folder();
  }

  /**
   * These options as a run uses and records them.
   *
   * @throws OptionException if one is out of range
   */
  public DataSpec spec(ShowingOptions showing) {
    return new DataSpec(
        dataset.recorded(),
        folder(),
        limit,
        showing.labels,
        pixels.invert,
        showing.augment,
        sensitivityFrom,
        dataset.size(),
        dataset.label(),
        dataset.ignored());
  }
}
