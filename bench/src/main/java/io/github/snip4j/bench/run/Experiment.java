package io.github.snip4j.bench.run;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.Callback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Prune at initialisation, train, evaluate, write down. */
public final class Experiment {
  private Experiment() {}

  /** Somebody who watches. */
  public interface Observer {
    /** The data are read and split. */
    void data(RunOptions options, Splits splits);

    /** The network is pruned. */
    void pruned(RunOptions options, Pruning pruning, List<LayerCount> layers);

    /**
     * Training begins.
     *
     * @param what which network, in a word
     * @return is told of each step
     */
    Callback training(String what, RunOptions options);

    /** Everything is done and written. */
    void finished(RunResult result, RunFolder folder);
  }

  /**
   * Runs all of it. The files are written at the end, each whole or not at all.
   *
   * @throws IOException if the data cannot be read or the results not be written
   * @throws IllegalArgumentException if the options ask for what this network or dataset cannot do
   */
  public static RunResult run(
      Model model, Data data, RunOptions options, RunFolder folder, Observer observer)
      throws IOException {
    long start = System.nanoTime();
    Seed seed = new Seed(options.seed());
    Path files = options.dataDir() == null ? null : Path.of(options.dataDir());
    Splits splits = data.reader().read(files, seed.child("data"));
    observer.data(options, splits);

    Network network = draw(model, seed.child("network"));
    Batch batch = splits.train().sample(options.sensitivityBatch(), seed.child("sensitivity"));
    Pruning pruning = Pruning.of(network, batch, options.sparsity(), options.biases());
    Map<String, Mask> masks = pruning.masks().byName();
    List<LayerCount> layers = LayerCount.of(network, masks);
    observer.pruned(options, pruning, layers);

    Seed drawn = options.redraw() ? seed.child("redraw") : seed.child("network");
    Network sparse = draw(model, drawn);
    Trained trained =
        Trained.train(sparse, masks, splits, options, seed, observer.training("pruned", options));
    Trained dense =
        options.withDense()
            ? Trained.train(
                draw(model, drawn),
                Map.of(),
                splits,
                options,
                seed,
                observer.training("dense", options))
            : null;

    NetworkFile.save(folder.network(), sparse, masks);
    RunResult result =
        new RunResult(
            options,
            Machine.here(),
            RunResult.Method.SNIP,
            pruning.scores().size(),
            pruning.masks().kept(),
            pruning.scores().zeros(),
            pruning.masks().tiesAtCut(),
            layers,
            trained,
            dense,
            pruning.seconds(),
            (System.nanoTime() - start) / 1e9);
    result.write(folder.result());
    observer.finished(result, folder);
    return result;
  }

  /** The authors' code's initialiser; the paper names variance scaling (section 4.2). */
  private static Network draw(Model model, Seed seed) {
    return model.create(VarianceScaling.lecun(), seed);
  }
}
