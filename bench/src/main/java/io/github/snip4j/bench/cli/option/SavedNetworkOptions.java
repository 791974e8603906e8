package io.github.snip4j.bench.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which trained network a command takes from a file. */
public final class SavedNetworkOptions {
  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description =
          "The network.npz of a run; an .onnx file; or, with --model, parameters under PyTorch's"
              + " names (.npz, .safetensors, .pt, .pth).")
  public Path file = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The network it is of (default: what the file says).")
  public @Nullable String model;
}
