package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import picocli.CommandLine.Mixin;

/** Which examples to test on. */
public final class TestDataOptions {
  private @Mixin DatasetOptions dataset = new DatasetOptions();

  private @Mixin PixelOptions pixels = new PixelOptions();

  public Data data() {
    return dataset.data();
  }

  public DataSpec spec() {
    return new DataSpec(
        dataset.recorded(),
        dataset.folder(),
        null,
        DataSpec.Labels.TRUE,
        pixels.invert,
        AugmentationKind.NONE,
        "random",
        dataset.size(),
        dataset.label(),
        dataset.ignored());
  }
}
