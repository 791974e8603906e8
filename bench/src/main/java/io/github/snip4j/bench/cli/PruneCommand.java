package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.LayerCount;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.Biases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores and masks only, also of a network and a batch that come from elsewhere. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = "Scores a network's connections and writes scores and masks; trains nothing.")
final class PruneCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      defaultValue = "lenet-300-100",
      description = "The network; 'snip4j models' lists them (default: ${DEFAULT-VALUE}).")
  String model = "";

  @Option(
      names = "--sparsity",
      defaultValue = "0.98",
      description =
          "The share of connections to prune, from 0 to below 1 (default: ${DEFAULT-VALUE}).")
  double sparsity;

  @Option(
      names = "--weights",
      paramLabel = "W.npz",
      description =
          "The parameters, under PyTorch's names and shapes (default: drawn by --seed, as 'run'"
              + " does).")
  @Nullable Path weights;

  @Option(
      names = "--batch",
      paramLabel = "B.npz",
      description =
          "The batch to score on: x, float32, examples first, already normalised; labels, int32"
              + " (default: 100 examples of MNIST's training set, chosen by --seed, as 'run'"
              + " does).")
  @Nullable Path batch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where random draws come from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--sensitivity-batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Examples to score on where --batch is not given (default: ${DEFAULT-VALUE}).")
  int sensitivityBatch;

  @Option(
      names = "--biases",
      defaultValue = "scored",
      description =
          "scored: biases are connections, counted and pruned, as in the paper; excluded: they are"
              + " not looked at (default: ${DEFAULT-VALUE}).")
  Biases biases = Biases.SCORED;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.npz",
      description =
          "Where to write sensitivity.<name> (signed), score.<name> and mask.<name> for each"
              + " parameter; an existing file is replaced.")
  Path out = Path.of("");

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new UserError("--sparsity " + sparsity + ": expected 0 to below 1");
    }
    Model kind = Choice.byName("model", model, Models.all(), Model::name);
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new UserError("--out " + out + ": expected a file in a folder that exists");
    }
    Screen screen = new Screen(spec.commandLine().getOut(), spec.commandLine().getErr());
    screen.machine(engine.start());

    Seed root = new Seed(seed);
    Network network = kind.create(VarianceScaling.lecun(), root.child("network"));
    if (weights != null) {
      NetworkFile.load(weights, network);
    }
    Batch scored = batch == null ? sample(root) : read(batch, network);
    Pruning pruning = Pruning.of(network, scored, sparsity, biases);
    screen.layers(pruning, LayerCount.of(network, pruning.masks().byName()));
    pruning.write(out);
    spec.commandLine().getOut().println("written: " + out);
    return 0;
  }

  private Batch sample(Seed root) throws IOException {
    return Data.all()
        .get(0)
        .reader()
        .read(null, root.child("data"))
        .train()
        .sample(sensitivityBatch, root.child("sensitivity"));
  }

  private static Batch read(Path file, Network network) throws IOException {
    Npz npz = Npz.read(file);
    Tensor x = npz.floats("x");
    int[] labels = npz.ints("labels");
    if (npz.shape("labels").rank() != 1) {
      throw new BadFileException(
          file.toString(), "labels must have one axis, not " + npz.shape("labels"));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= network.classes()) {
        throw new BadFileException(
            file.toString(),
            "label "
                + labels[i]
                + " of example "
                + i
                + ": expected 0 to "
                + (network.classes() - 1));
      }
    }
    try {
      return Batch.fromExamplesFirst(x, network.input(), labels);
    } catch (IllegalArgumentException e) {
      throw new BadFileException(file.toString(), String.valueOf(e.getMessage()));
    }
  }
}
