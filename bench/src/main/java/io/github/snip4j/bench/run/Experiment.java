package io.github.snip4j.bench.run;

import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.Callback;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Prune at initialisation, train, evaluate, write down. */
public final class Experiment {
  private Experiment() {}

  /** Somebody who watches. */
  public interface Observer {
    /** The data are read and split. */
    void data(RunOptions options, Splits splits);

    /** The network is pruned. */
    void pruned(RunOptions options, Pruning pruning);

    /**
     * Training begins.
     *
     * @param what which network, in a word
     * @return is told of each step, and closed when training ends, well or not
     */
    Progress training(String what, RunOptions options);

    /** Everything is done and written. */
    void finished(RunResult result, RunFolder folder);
  }

  /** Follows one training. */
  public interface Progress extends Callback, AutoCloseable {
    @Override
    void close();
  }

  /**
   * Runs all of it. Each file is written whole or not at all, {@code result.json} last.
   *
   * @throws IOException if the data cannot be read or the results not be written
   * @throws IllegalArgumentException if the options ask for what this network or dataset cannot do
   */
  public static RunResult run(
      Model kind, Data data, RunOptions options, RunFolder folder, Observer observer)
      throws IOException {
    long start = System.nanoTime();
    Model model = data.on(kind, options.classes());
    Draws draws = new Draws(options.seed());
    Splits splits = draws.splits(data, options.data());
    checkFits("--batch", options.batch(), splits);
    checkFits("--sensitivity-batch", options.sensitivityBatch(), splits);
    observer.data(options, splits);

    Pruning pruning =
        Pruning.of(
            draws.network(model),
            draws.sensitivityBatch(splits, options.sensitivityBatch(), options.data()),
            options.sparsity(),
            options.biases());
    observer.pruned(options, pruning);

    Map<String, Mask> masks = pruning.masks().byName();
    Training training = new Training(draws.labelled(splits, options.data()), options, draws);
    Network sparse = first(model, draws, options);
    Trained pruned = train(training, sparse, masks, "pruned", options, observer);
    NetworkFile.save(folder.network(), sparse, masks);
    Files.deleteIfExists(folder.result()); // an earlier run's, which no longer fits the network
    Trained dense =
        options.withDense()
            ? train(training, first(model, draws, options), Map.of(), "dense", options, observer)
            : null;

    RunResult result =
        RunResult.of(options, splits, pruning, pruned, dense, (System.nanoTime() - start) / 1e9);
    result.write(folder.result());
    observer.finished(result, folder);
    return result;
  }

  /** The network that training starts from. */
  private static Network first(Model model, Draws draws, RunOptions options) {
    return options.redraw() ? draws.redrawn(model) : draws.network(model);
  }

  private static Trained train(
      Training training,
      Network network,
      Map<String, Mask> masks,
      String what,
      RunOptions options,
      Observer observer) {
    try (Progress progress = observer.training(what, options)) {
      return training.run(network, masks, progress);
    }
  }

  private static void checkFits(String option, int size, Splits splits) {
    if (size > splits.train().size()) {
      throw new IllegalArgumentException(
          (option + " " + size + ": expected at most " + splits.train().size())
              + ", the number of training examples");
    }
  }
}
