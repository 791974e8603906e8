package io.github.snip4j.bench.run;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.Callback;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prune at initialisation, train, evaluate, write down. */
public final class Experiment {
  static final String PRUNED = "pruned";
  static final String DENSE = "dense";

  private Experiment() {}

  /** Somebody who watches. */
  public interface Observer {
    /** The data are read and split. */
    void data(RunOptions options, Splits splits);

    /** The network is pruned. */
    void pruned(RunOptions options, Pruning pruning);

    /** The run goes on where it was interrupted. */
    void resumed(Interrupted run);

    /**
     * Training begins, or goes on.
     *
     * @param what which network, in a word
     * @param done how many of its steps were done before an interruption
     * @return is told of each step, and closed when training ends, well or not
     */
    Progress training(String what, RunOptions options, long done);

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
   * @param checkpointEvery steps between checkpoints; 0 for none; null for as often as costs little
   * @throws IOException if the data cannot be read or the results not be written
   * @throws IllegalArgumentException if the options ask for what this network or dataset cannot do
   */
  public static RunResult run(
      Model kind,
      Data data,
      RunOptions options,
      @Nullable Integer checkpointEvery,
      RunFolder folder,
      Observer observer)
      throws IOException {
    long start = System.nanoTime();
    folder.removeCheckpoint(); // an earlier run's
    Model model = data.on(kind, options.classes());
    Draws draws = new Draws(options.seed());
    Network scored = draws.network(model);
    Splits splits = splits(data, options, draws);
    observer.data(options, splits);
    Batch batch = draws.sensitivityBatch(splits, options.sensitivityBatch(), options.data());
    Pruning pruning = Pruning.of(scored, batch, options.sparsity(), options.biases());
    observer.pruned(options, pruning);
    RunState state =
        new RunState(
            options,
            checkpointEvery,
            Machine.here(),
            Fingerprint.of(batch),
            pruning.summary(),
            options.kernels().choose(scored, pruning.masks(), batch),
            null,
            null,
            Spent.NOTHING,
            (System.nanoTime() - start) / 1e9);
    Checkpoints checkpoints = new Checkpoints(folder, state);
    return new Trainings(model, splits, draws, checkpoints, folder, observer)
        .run(pruning.masks().byName(), null);
  }

  /**
   * Goes on with a run that was interrupted, to the same bits.
   *
   * @throws IOException as above, and if the data are not those that it was begun with
   */
  public static RunResult resume(
      Model kind, Data data, Interrupted run, RunFolder folder, Observer observer)
      throws IOException {
    RunOptions options = run.options();
    Model model = data.on(kind, options.classes());
    Checkpoints checkpoints = new Checkpoints(folder, run.state());
    Draws draws = new Draws(options.seed());
    Network network = draws.network(model);
    Map<String, Mask> masks = run.checkpoint().masks(network);
    Splits splits = splits(data, options, draws);
    Batch batch = draws.sensitivityBatch(splits, options.sensitivityBatch(), options.data());
    run.check(Fingerprint.of(batch), folder);
    observer.data(options, splits);
    observer.resumed(run);
    return new Trainings(model, splits, draws, checkpoints, folder, observer)
        .run(masks, run.checkpoint());
  }

  private static Splits splits(Data data, RunOptions options, Draws draws) throws IOException {
    Splits splits = draws.splits(data, options.data());
    checkFits("--batch", options.batch(), splits);
    checkFits("--sensitivity-batch", options.sensitivityBatch(), splits);
    return splits;
  }

  private static void checkFits(String option, int size, Splits splits) {
    if (size > splits.train().size()) {
      throw new IllegalArgumentException(
          (option + " " + size + ": expected at most " + splits.train().size())
              + ", the number of training examples");
    }
  }
}
