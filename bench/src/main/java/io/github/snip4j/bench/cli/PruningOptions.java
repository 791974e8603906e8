package io.github.snip4j.bench.cli;

import io.github.snip4j.nn.model.Model;
import io.github.snip4j.snip.Biases;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is pruned, on what, and how far: the same for every command that prunes. */
final class PruningOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "lenet-300-100",
      description = "The network; 'snip4j models' lists them (default: ${DEFAULT-VALUE}).")
  String modelName = "";

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "How many classes the network tells apart (default: as many as the data have; 10 for"
              + " 'prune --batch').")
  @Nullable Integer classes;

  @Option(
      names = "--sparsity",
      paramLabel = "SHARE",
      defaultValue = "0.98",
      description =
          "The share of connections to prune, from 0 to below 1 (default: ${DEFAULT-VALUE}).")
  double sparsity;

  @Option(
      names = "--sensitivity-batch",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Training examples to score the connections on, chosen by seed (default:"
              + " ${DEFAULT-VALUE}).")
  int sensitivityBatch;

  @Option(
      names = "--biases",
      paramLabel = "POLICY",
      defaultValue = "scored",
      description =
          "scored: biases are connections, counted and pruned, as in the paper; excluded: they are"
              + " neither, and are all kept (default: ${DEFAULT-VALUE}).")
  Biases biases = Biases.SCORED;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Where all random draws come from (default: ${DEFAULT-VALUE}). Same seed, same bits.")
  long seed;

  Model model() {
    return NamedModel.of(modelName);
  }

  /** Says what is out of range. */
  void check() {
    Ranges.check(sparsity, sensitivityBatch);
    NamedModel.checkClasses(classes);
  }
}
