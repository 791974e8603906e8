package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How training examples are shown to the network. */
public final class ShowingOptions {
  @Option(
      names = "--augment",
      paramLabel = "NAME",
      defaultValue = "none",
      description =
          "Change the pictures while training: none; paper, mirrored by chance and moved by up to"
              + " 4 pixels; authors, the same more rarely, as their code does; affine, the paper's"
              + " and turned, scaled, sheared (default: ${DEFAULT-VALUE}).")
  public AugmentationKind augment = AugmentationKind.NONE;

  @Option(
      names = "--labels",
      paramLabel = "KIND",
      defaultValue = "true",
      description =
          "true, or random: the paper's memorisation experiment, scored on true labels and trained"
              + " on random ones (default: ${DEFAULT-VALUE}).")
  DataSpec.Labels labels = DataSpec.Labels.TRUE;

  /** All examples of a dataset, shown so. */
  public DataSpec spec(Data data, @Nullable Path dir, boolean invert) {
    String folder = dir == null ? null : dir.toString();
    return new DataSpec(
        data.name(), folder, null, labels, invert, augment, "random", null, null, List.of());
  }
}
