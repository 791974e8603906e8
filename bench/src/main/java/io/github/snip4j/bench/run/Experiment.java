package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RewindKind;
import io.github.snip4j.bench.options.RivalKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prune at initialisation, train, evaluate, write down. */
public final class Experiment {
  public static final String PRUNED = "pruned";
  public static final String DENSE = "dense";

  private Experiment() {}

  /**
   * Runs all of it. Each file is written whole or not at all; results of an earlier run in the
   * folder stay until these are there. {@code result.json} and {@code network.npz} come first; the
   * page is no condition of a run.
   *
   * @param checkpointEvery steps between checkpoints; 0 for none; null for as often as costs little
   * @param reports writes the page
   * @throws IOException if the data cannot be read or the results not be written
   * @throws IllegalArgumentException if the options ask for what this network or dataset cannot do,
   *     or nothing is left of a layer and that is not allowed
   */
  public static RunResult run(
      Model kind,
      Data data,
      RunOptions options,
      @Nullable Integer checkpointEvery,
      RunFolder folder,
      ReportWriter reports,
      RunListener listener)
      throws IOException {
    return run(kind, data, options, checkpointEvery, folder, reports, listener, null);
  }

  /**
   * Runs all of it, as {@link #run(Model, Data, RunOptions, Integer, RunFolder, ReportWriter,
   * RunListener)} does.
   *
   * @param workers compute the parts of batches; null if this program does
   */
  public static RunResult run(
      Model kind,
      Data data,
      RunOptions options,
      @Nullable Integer checkpointEvery,
      RunFolder folder,
      ReportWriter reports,
      RunListener listener,
      @Nullable PartWorkers workers)
      throws IOException {
    long start = System.nanoTime();
    Model model = data.on(kind, options.classes());
    RunSeeds draws = new RunSeeds(options);
    Network scored = draws.network(model);
    folder.require(room(scored, options));
    Pictures pictures = data.read(options.data());
    String sha256 = pictures.sha256();
    Splits splits = splits(pictures, options, draws);
    listener.data(options, splits, data.mayBePublished(sha256));
    checkTrained(model, options);
    Pruning pruning = null;
    Map<String, Storage> kernels = Map.of();
    if (!options.retraining().isOn()) {
      List<Batch> batches =
          draws.sensitivityBatches(
              splits, options.sensitivityBatch(), options.scoring().batches(), options.data());
      pruning = pruned(scored, batches, options, draws, listener);
      kernels = options.kernels().choose(scored, pruning.masks(), batches.get(0));
    }
    CheckpointMetadata state =
        new CheckpointMetadata(
            CheckpointMetadata.SCHEMA.now(),
            options,
            checkpointEvery,
            Machine.here(),
            sha256,
            model.isDrawn() ? null : GivenNetwork.digest(scored),
            pruning == null ? null : pruning.summary(),
            kernels,
            null,
            null,
            TimeBreakdown.NOTHING,
            LearningCurve.SoFar.NOTHING,
            List.of(),
            List.of(),
            null,
            (System.nanoTime() - start) / 1e9);
    Checkpoints checkpoints = new Checkpoints(folder, state);
    return new RunPipeline(model, splits, draws, checkpoints, folder, reports, listener, workers)
        .run(pruning == null ? Map.of() : pruning.masks().byName(), null);
  }

  /** Prunes at initialisation. */
  private static Pruning pruned(
      Network network,
      List<Batch> batches,
      RunOptions options,
      RunSeeds draws,
      RunListener listener) {
    Pruning pruning =
        Pruning.of(
            network,
            batches,
            options.sparsity(),
            options.biases(),
            options.scoring(),
            draws.pruning());
    listener.pruned(options, pruning);
    if (!options.scoring().allowCollapse()) {
      pruning.diagnosis().check();
    }
    return pruning;
  }

  /** Refuses to prune and retrain in rounds what nobody has trained. */
  private static void checkTrained(Model model, RunOptions options) {
    RetrainSpec spec = options.retraining();
    boolean masked = model instanceof GivenNetwork && options.weights() == null;
    if (spec.rival() == RivalKind.VD) {
      return; // which begins with a drawn one
    }
    if (spec.inRounds() && spec.pretrain() == 0 && (model.isDrawn() || masked)) {
      throw new OptionException(
          "%s: the network is not trained before: expected %s STEPS or %s too",
          OptionException.field(spec.hasRival() ? "rival" : "retrain"),
          OptionException.field("pretrain"),
          OptionException.field("weights"));
    }
  }

  /**
   * Goes on with a run that was interrupted, to the same bits.
   *
   * @throws IOException if the data cannot be read, are not those that it was begun with, or the
   *     results cannot be written
   */
  public static RunResult resume(
      Model kind,
      Data data,
      ResumableRun run,
      RunFolder folder,
      ReportWriter reports,
      RunListener listener)
      throws IOException {
    return resume(kind, data, run, folder, reports, listener, null);
  }

  /**
   * Goes on with a run that was interrupted, as {@link #resume(Model, Data, ResumableRun,
   * RunFolder, ReportWriter, RunListener)} does.
   *
   * @param workers compute the parts of batches; null if this program does
   */
  public static RunResult resume(
      Model kind,
      Data data,
      ResumableRun run,
      RunFolder folder,
      ReportWriter reports,
      RunListener listener,
      @Nullable PartWorkers workers)
      throws IOException {
    RunOptions options = run.options();
    Model model = data.on(kind, options.classes());
    Checkpoints checkpoints = new Checkpoints(folder, run.state());
    RunSeeds draws = new RunSeeds(options);
    Network network = draws.network(model);
    if (!model.isDrawn()) {
      run.checkWeights(GivenNetwork.digest(network));
    }
    Map<String, Mask> masks = run.checkpoint().masks(network);
    folder.require(room(network, options));
    run.check(folder);
    Pictures pictures = data.read(options.data());
    String sha256 = pictures.sha256();
    run.check(sha256);
    Splits splits = splits(pictures, options, draws);
    listener.data(options, splits, data.mayBePublished(sha256));
    listener.resumed(run);
    return new RunPipeline(model, splits, draws, checkpoints, folder, reports, listener, workers)
        .run(masks, run.checkpoint());
  }

  /** The most that the network, a checkpoint and the one that follows it take, and a page. */
  private static long room(Network network, RunOptions options) {
    long values = network.state().values().stream().mapToLong(Tensor::size).sum();
    int states = options.optimizer().create(options.weightDecay()).stateArrays();
    long masked = (Float.BYTES + 1) * values;
    long moving = options.moving().isOn() ? masked : 0; // what it remembers of all positions
    long checkpoint = masked + (1L + states) * Float.BYTES * values + moving;
    if (options.retraining().rewind() == RewindKind.WEIGHTS) {
      checkpoint += Float.BYTES * values; // as they were
    }
    return masked + 2 * checkpoint + RunFolder.PAGE_BYTES;
  }

  private static Splits splits(Pictures pictures, RunOptions options, RunSeeds draws) {
    Splits splits = draws.splits(pictures, options.data());
    checkFits("batch", options.batch(), splits);
    checkFits("sensitivityBatch", options.sensitivityBatch(), splits);
    return splits;
  }

  private static void checkFits(String field, int size, Splits splits) {
    if (size > splits.train().size()) {
      throw new OptionException(
          "%s %s: expected at most %s, the number of training examples",
          OptionException.field(field), size, splits.train().size());
    }
  }
}
