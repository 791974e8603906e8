package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.GivenWeights;
import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Trained networks from files, as pruned as they were saved. */
final class SavedNetworks {
  private SavedNetworks() {}

  /**
   * The network of a file: as the file says, or for one that does not say, of the kind that is
   * named here or there.
   *
   * @param model what the user says it is; null for what the file says
   * @param adapted makes a kind fit the data; null for the kind as it is
   */
  static Network read(Path file, @Nullable String model, @Nullable UnaryOperator<Model> adapted)
      throws IOException {
    return saved(file, model, adapted).network();
  }

  /** The network of a file, read as {@link #read} does, and what the file says beside it. */
  static NetworkFile.Saved saved(
      Path file, @Nullable String model, @Nullable UnaryOperator<Model> adapted)
      throws IOException {
    if (isOnnx(file)) {
      if (model != null) {
        throw new UserError("--model " + model + ": " + file + " says itself which network it is");
      }
      return new NetworkFile.Saved(
          created(NamedModel.of(file.toString()), adapted), ModelCard.NONE);
    }
    boolean archive = file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    if (!archive && model != null) {
      return new NetworkFile.Saved(
          GivenWeights.read(file, created(NamedModel.of(model), adapted), false), ModelCard.NONE);
    }
    if (!archive) {
      throw new UserError(file + " does not say which network it is of: --model NAME does");
    }
    if (model == null && NetworkFile.saysItsArchitecture(file)) {
      return NetworkFile.read(file);
    }
    String name = model == null ? NetworkFile.networkName(file) : model;
    if (name == null) {
      throw new UserError(file + " does not say which network it is of: --model NAME does");
    }
    Network network = created(NamedModel.of(name), adapted);
    ModelCard card =
        NetworkFile.saysItsArchitecture(file) ? NetworkFile.read(file).card() : ModelCard.NONE;
    return new NetworkFile.Saved(GivenWeights.read(file, network, false), card);
  }

  /**
   * Refuses examples of another shape than a network takes, or of more classes than it tells apart.
   *
   * @param file that the network is from
   */
  static void checkFits(Path file, Network network, Data data) {
    if (!network.input().equals(data.example()) || network.outputs() < data.classes()) {
      throw new UserError(
          (file + ": " + network.name() + " takes " + network.input() + " and tells ")
              + (network.outputs() + " classes apart: " + DataSpec.title(data.name()) + " has ")
              + (data.example() + " and " + data.classes() + " classes"));
    }
  }

  private static boolean isOnnx(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  private static Network created(Model kind, @Nullable UnaryOperator<Model> adapted) {
    Model fitting = adapted == null ? kind : adapted.apply(kind);
    return fitting.create(Constant.ZEROS, new Seed(1));
  }
}
