package io.github.snip4j.bench.cli.option;

import io.github.snip4j.nn.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which network. */
public final class NetworkOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "lenet-300-100",
      description =
          "The network: a name, which 'snip4j models' lists, or a file, FILE.onnx or the"
              + " network.npz of a run, whose weights it begins with (default: ${DEFAULT-VALUE}).")
  String model = "";

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "How many classes the network tells apart (default: as many as the data have; 10 for"
              + " 'prune --batch').")
  public @Nullable Integer classes;

  public Model model() {
    return NamedModel.of(model);
  }
}
