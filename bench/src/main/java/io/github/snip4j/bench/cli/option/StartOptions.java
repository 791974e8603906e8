package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.DrawSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.GivenNetwork;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run begins with, if it is not drawn. */
public final class StartOptions {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Begin with these weights (.npz, .safetensors, .pt, .pth), under PyTorch's names and"
              + " shapes; what masks beside them prune stays pruned (default: drawn by --seed).")
  @Nullable Path weights;

  @Option(
      names = "--masks",
      paramLabel = "FILE",
      description =
          "What these masks prune stays pruned, as 'prune' writes them, or PyTorch's weight_mask;"
              + " without --sparsity nothing more is. --dynamic moves connections outside them too"
              + " (default: none but those in --weights).")
  @Nullable Path masks;

  /** These options as a run records them. */
  public RunOptions recorded(RunOptions options) {
    return options.beginningWith(options.sparsity(), whole(weights), whole(masks));
  }

  private static @Nullable String whole(@Nullable Path file) {
    return file == null ? null : file.toAbsolutePath().normalize().toString();
  }

  /**
   * The kind of network that a run begins with.
   *
   * @throws IOException if a file cannot be read, or does not fit the network
   */
  public static Model begin(Model kind, Data data, RunOptions options) throws IOException {
    String weights = options.weights();
    String masks = options.masks();
    if (weights == null && masks == null) {
      return kind;
    }
    Model model = data.on(kind, options.classes());
    Network network = new RunSeeds(options).network(model);
    if (weights != null) {
      network = GivenWeights.read(Path.of(weights), network, false);
    }
    if (masks != null) {
      network = GivenWeights.masked(Path.of(masks), network);
    }
    if (options.withDense() && !network.masks().isEmpty()) {
      throw new UserError("--with-dense: the network is pruned from the beginning, by masks");
    }
    if (options.redraw()) {
      throw new UserError(
          "--redraw: the weights of this network are read from a file, or its masks");
    }
    checkDraw("this network", options.draw(), weights != null);
    return new GivenNetwork(network);
  }

  /**
   * Refuses to draw what is read.
   *
   * @param name of the network, for people
   * @param read whether its weights are, and not only its masks
   * @throws UserError if options say how it is drawn
   */
  public static void checkDraw(String name, DrawSpec draw, boolean read) {
    if (draw.scoresAnother()) {
      throw new UserError(
          (draw.scoringInit() == null ? "--scoring-biases" : "--scoring-init")
              + (": the weights of " + name + " are read from a file, or its masks"));
    }
    if (read && !draw.equals(DrawSpec.USUAL)) {
      throw new UserError(
          "--init: the weights of " + name + " are not drawn, but read from its file");
    }
  }

  /**
   * Options that keep what the masks keep, if nothing else was asked for.
   *
   * @param asked whether a sparsity was
   */
  public static RunOptions sparsity(RunOptions options, Model begun, boolean asked) {
    if (asked || begun.isDrawn()) {
      return options;
    }
    Network network = new RunSeeds(options).network(begun);
    return network.masks().isEmpty()
        ? options
        : options.beginningWith(
            GivenWeights.pruned(network, options.biases(), options.scoring().exclude()),
            options.weights(),
            options.masks());
  }
}
