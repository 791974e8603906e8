package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.EnumNames;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Normalization;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.snip.retrain.GradualPruning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains the pruned network, then the dense one if asked, and collects the result of the run. */
final class RunPipeline {
  private final Model model;
  private final Splits splits;
  private final RunSeeds draws;
  private final Checkpoints checkpoints;
  private final RunFolder folder;
  private final ReportWriter reports;
  private final RunListener listener;
  private final @Nullable PartWorkers workers;
  private final RunOptions options;
  private final Splits labelled; // as they are trained on

  RunPipeline(
      Model model,
      Splits splits,
      RunSeeds draws,
      Checkpoints checkpoints,
      RunFolder folder,
      ReportWriter reports,
      RunListener listener,
      @Nullable PartWorkers workers) {
    this.workers = workers;
    this.model = model;
    this.splits = splits;
    this.draws = draws;
    this.checkpoints = checkpoints;
    this.folder = folder;
    this.reports = reports;
    this.listener = listener;
    this.options = checkpoints.state().options();
    this.labelled = draws.labelled(splits, options.data());
  }

  /**
   * Trains, evaluates and writes.
   *
   * @param masks of the pruned network; none where it is pruned later
   * @param from where a training was interrupted; null if none has begun
   */
  RunResult run(Map<String, Mask> masks, @Nullable Checkpoint from) throws IOException {
    Checkpoint interrupted = from;
    TrainingResult before = checkpoints.state().pruned();
    Network sparse = null;
    if (before == null) {
      RetrainingRounds.Trained trained =
          options.retraining().inRounds() ? rounds().run(interrupted) : once(masks, interrupted);
      sparse = trained.network();
      before = trained.result();
      interrupted = null;
      if (options.withDense()) {
        save(sparse);
        checkpoints.pruned(before);
        sparse = null;
      }
    }
    TrainingResult dense = checkpoints.state().pretrained();
    if (options.withDense()) {
      TrainingPlan plan = TrainingPlan.whole(options, draws);
      boolean follows = interrupted == null;
      dense = train(first(), Experiment.DENSE, plan, follows, interrupted);
    }
    RunResult result = finish(sparse, before, dense);
    report(result);
    folder.removeCheckpoint();
    listener.finished(result, folder);
    return result;
  }

  /** One training of the pruned network, or of one that is pruned meanwhile. */
  private RetrainingRounds.Trained once(Map<String, Mask> masks, @Nullable Checkpoint from)
      throws IOException {
    Network network = first().restructured(masks, checkpoints.state().kernels());
    TrainingPlan plan = TrainingPlan.whole(options, draws);
    if (!options.retraining().gradual()) {
      return new RetrainingRounds.Trained(
          network, train(network, Experiment.PRUNED, plan, false, from));
    }
    LevelCuts cuts = cuts();
    if (from == null) {
      checkpoints.levels(List.of(cuts.first(network)), null);
    }
    GradualPruning.Ramp ramp = options.retraining().ramp(options.sparsity(), options.iterations());
    GradualLevels gradual = new GradualLevels(ramp, cuts, checkpoints);
    TrainingResult result =
        train(network, Experiment.PRUNED, plan.pruning(gradual, ramp.until()), false, from);
    double seconds = result.cost().stepMillis() * plan.steps() / 1e3;
    checkpoints.levels(gradual.ended(plan.steps(), seconds), null);
    return new RetrainingRounds.Trained(network, result);
  }

  private RetrainingRounds rounds() {
    return new RetrainingRounds(
        options, draws, this::first, cuts(), checkpoints, new Trainings(), listener);
  }

  private LevelCuts cuts() {
    return new LevelCuts(options, sensitivityBatches(), draws.pruning());
  }

  private List<Batch> sensitivityBatches() {
    return draws.sensitivityBatches(
        splits, options.sensitivityBatch(), options.scoring().batches(), options.data());
  }

  /** Trains and tests the networks of this run between the rounds of pruning. */
  private final class Trainings implements RetrainingRounds.Training {
    @Override
    public TrainingResult run(
        Network network, String what, TrainingPlan plan, boolean follows, @Nullable Checkpoint from)
        throws IOException {
      return train(network, what, plan, follows && from == null, from);
    }

    @Override
    public TrainingResult.Score test(Network network) {
      return TrainingJob.score(network, labelled.test());
    }

    @Override
    public RivalTraining.Data data() {
      int wished = options.retraining().rival().batch(options.batch());
      int batch = Math.min(wished, labelled.train().size());
      return new RivalTraining.Data(
          labelled,
          batch,
          options.data().augment().shuffled(labelled.train(), batch, draws.shuffle()),
          sensitivityBatches());
    }
  }

  /** What the network's file says beside it. */
  private ModelCard card() {
    Normalization normalization = splits.train().normalization();
    Map<String, String> made = new LinkedHashMap<>();
    made.put("model", options.model());
    made.put("data", options.data().title());
    made.put("criterion", EnumNames.of(options.scoring().criterion()));
    made.put("sparsity", String.valueOf(options.sparsity()));
    made.put("iterations", String.valueOf(options.iterations()));
    made.put("seed", String.valueOf(options.seed()));
    String columns = Data.columns(splits.train().data());
    if (!columns.isEmpty()) {
      made.put(Data.COLUMNS, columns);
    }
    return new ModelCard(
        splits.train().data().classNames(),
        normalization.means().stream().map(Double::floatValue).toList(),
        normalization.deviations().stream().map(Double::floatValue).toList(),
        made);
  }

  private void save(Network sparse) throws IOException {
    folder.write(
        () -> {
          NetworkFile.save(folder.trained(), sparse, card());
          return folder.trained();
        });
  }

  /** Writes the numbers: whatever happens to the page, they are there. */
  private RunResult finish(
      @Nullable Network unsaved, TrainingResult pruned, @Nullable TrainingResult dense)
      throws IOException {
    return folder.write(
        () -> {
          if (unsaved != null) {
            save(unsaved);
          }
          return folder.finish(
              RunResults.of(
                  checkpoints.state(),
                  splits,
                  folder.networkNow(),
                  pruned,
                  dense,
                  checkpoints.totalSeconds()));
        });
  }

  /** Writes the page. The run is done without it, whatever goes wrong here. */
  private void report(RunResult result) {
    try {
      folder.write(() -> Files.deleteIfExists(folder.report())); // an earlier run's
      PruningSummary pruning = checkpoints.state().summary();
      reports.write(new FinishedRun(model, splits, draws, pruning, result, folder));
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      listener.noPage(folder.report(), e);
    }
  }

  /** The network that training starts from. */
  private Network first() {
    return options.trainsAnother() ? draws.redrawn(model) : draws.network(model);
  }

  /**
   * A training.
   *
   * @param follows whether something was done before, so that a checkpoint is written at the start
   */
  private TrainingResult train(
      Network network, String what, TrainingPlan plan, boolean follows, @Nullable Checkpoint from)
      throws IOException {
    listener.trainingBegins(what, plan.steps(), from == null ? 0 : from.step());
    try {
      TrainingJob training =
          new TrainingJob(network, labelled, options, draws, plan, checkpoints, from, workers);
      if (follows) {
        training.writeStart();
      }
      return training.run(listener);
    } catch (UncheckedIOException e) { // a checkpoint could not be written, or workers fail
      throw e.getCause();
    } catch (DivergedException e) {
      ResumePoint point = folder.resumableFrom();
      folder.notResumable(); // it would come to the same end
      throw point == null
          ? e
          : new DivergedException(
              e,
              ("the checkpoint of step " + point.step() + " of " + point.task() + " stays: ")
                  + folder.checkpoint());
    } finally {
      listener.trainingEnds();
    }
  }
}
