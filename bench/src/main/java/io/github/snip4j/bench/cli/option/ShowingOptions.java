package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.DataSpec;
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
}
