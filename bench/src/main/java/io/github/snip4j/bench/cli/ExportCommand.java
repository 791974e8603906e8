package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.SavedNetworkOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snip4j export}: a trained network for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description =
        "Writes a trained network as ONNX (opset 17, examples first, any number of them), as"
            + " onnxruntime and others run it.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private SavedNetworkOptions source = new SavedNetworkOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE.onnx",
      description = "Where to write it. An existing file is replaced.")
  private Path to = Path.of("");

  @Option(
      names = "--sparse",
      description =
          "Of pruned weights write only what is kept (sparse_initializer): a smaller file, which"
              + " runtimes make dense when they load it (default: off).")
  private boolean sparse;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!to.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      throw new UserError("--to " + to + ": expected a name that ends with .onnx");
    }
    Network network = SavedNetworks.read(source.file, source.model, null);
    OnnxFile.write(to, network, sparse);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "written: %s, %,d bytes, %s with %,d connections%n",
            to,
            Files.size(to),
            network.name(),
            network.connections());
    return 0;
  }
}
