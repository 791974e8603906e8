package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Path;
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

  /** {@link #read} with what the file says beside the network. */
  static NetworkFile.Saved saved(
      Path file, @Nullable String model, @Nullable UnaryOperator<Model> adapted)
      throws IOException {
    if (model == null && NetworkFile.saysItsArchitecture(file)) {
      return NetworkFile.read(file);
    }
    String name = model == null ? NetworkFile.networkName(file) : model;
    if (name == null) {
      throw new UserError(file + " does not say which network it is of: --model NAME does");
    }
    Model kind = NamedModel.of(name);
    Model fitting = adapted == null ? kind : adapted.apply(kind);
    return new NetworkFile.Saved(
        NetworkFile.read(file, fitting.create(Constant.ZEROS, new Seed(1))), ModelCard.NONE);
  }
}
