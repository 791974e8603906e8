package io.github.snip4j.bench.run;

import com.google.gson.JsonNull;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.DrawSchema;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.MovingSchema;
import io.github.snip4j.bench.result.PartsSchema;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.RetrainSchema;
import io.github.snip4j.bench.result.Schema;
import io.github.snip4j.bench.result.SumSchema;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.snip.dynamic.Move;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint file records of its run, beside the state of the network and the optimiser.
 *
 * @param schema the number of this form, see {@link #SCHEMA}
 * @param options of the run
 * @param checkpointEvery steps between checkpoints; null for the default
 * @param machine what it was begun on
 * @param dataSha256 of the data that the run was begun with, {@link Pictures#sha256}
 * @param weightsSha256 of the weights that the run was begun with and did not draw, {@link
 *     GivenNetwork#digest}; null for drawn ones
 * @param pruning what was pruned last; null as long as nothing was
 * @param kernels what the pruned network is computed with, by parameter
 * @param pruned what came of training the pruned network; null while that is going on
 * @param network a digest of the file with that network; null as long
 * @param spent in the present training
 * @param curve of the present training
 * @param moves the updates of connections in the present training
 * @param levels how sparse the network was on the way, and is now; none if it is pruned at
 *     initialisation
 * @param pretrained what came of training the network before it was pruned; null if that is not
 *     done
 * @param totalSeconds since the run began, interruptions not counted
 */
record CheckpointMetadata(
    int schema,
    RunOptions options,
    @Nullable Integer checkpointEvery,
    Machine machine,
    String dataSha256,
    @Nullable String weightsSha256,
    @Nullable PruningSummary pruning,
    Map<String, Storage> kernels,
    @Nullable TrainingResult pruned,
    @Nullable String network,
    TimeBreakdown spent,
    LearningCurve.SoFar curve,
    List<Move> moves,
    List<PruningLevel> levels,
    @Nullable TrainingResult pretrained,
    double totalSeconds) {
  /** The forms that the file has had. */
  static final Schema SCHEMA =
      new Schema(
          "checkpoint.npz",
          List.of(
              Schema.refuse(
                  0,
                  "which does not tell all of the data that the run was begun with: go on with the"
                      + " version that wrote it, or begin the run anew"),
              MovingSchema::checkpoint,
              json -> {
                Schema.addOwnFiles(json);
                json.add("weightsSha256", JsonNull.INSTANCE);
              },
              RetrainSchema::checkpoint,
              DrawSchema::checkpoint,
              PartsSchema::file,
              SumSchema::file));

  /** Nothing but what is marked may be missing. */
  CheckpointMetadata {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(dataSha256, "dataSha256");
    Objects.requireNonNull(kernels, "kernels");
    Objects.requireNonNull(spent, "spent");
    Objects.requireNonNull(curve, "curve");
    Objects.requireNonNull(moves, "moves");
    levels = List.copyOf(levels);
  }

  /**
   * What was pruned.
   *
   * @throws IllegalStateException if nothing was
   */
  PruningSummary summary() {
    if (pruning == null) {
      throw new IllegalStateException("nothing was pruned yet");
    }
    return pruning;
  }

  /** Which network is being trained, as {@link RunListener#trainingBegins} is told. */
  String training() {
    if (options.retraining().inRounds()) {
      return RetrainingRounds.name(levels.size() - 1, options.scoring().rounds());
    }
    return pruned == null ? Experiment.PRUNED : Experiment.DENSE;
  }

  /** This run when the network is at another level; the present training goes on. */
  CheckpointMetadata atLevel(
      PruningSummary cut, Map<String, Storage> stored, List<PruningLevel> soFar) {
    return changed(
        next -> {
          next.pruning = cut;
          next.kernels = stored;
          next.levels = soFar;
        });
  }

  /**
   * This run when a training has ended, and another one or none follows.
   *
   * @param soFar the levels, the one that has ended too
   * @param dense what came of training the network before it was pruned
   */
  CheckpointMetadata ended(List<PruningLevel> soFar, @Nullable TrainingResult dense) {
    return changed(
        next -> {
          next.levels = soFar;
          next.pretrained = dense;
          next.beginTraining();
        });
  }

  /** This run when the pruned network is trained, and the next training begins. */
  CheckpointMetadata withPruned(TrainingResult trained, String networkDigest) {
    return changed(
        next -> {
          next.pruned = trained;
          next.network = networkDigest;
          next.beginTraining();
        });
  }

  /** This run with another number of steps between checkpoints. */
  CheckpointMetadata every(int steps) {
    return changed(next -> next.checkpointEvery = steps);
  }

  /** This run with its data elsewhere. */
  CheckpointMetadata withDataDir(String dir) {
    return changed(next -> next.options = options.withData(options.data().at(dir)));
  }

  /** This run at a later time. */
  CheckpointMetadata at(
      TimeBreakdown now, LearningCurve.SoFar drawn, List<Move> moved, double total) {
    return changed(
        next -> {
          next.spent = now;
          next.curve = drawn;
          next.moves = moved;
          next.totalSeconds = total;
        });
  }

  private CheckpointMetadata changed(Consumer<CheckpointDraft> change) {
    CheckpointDraft next = new CheckpointDraft(this);
    change.accept(next);
    return next.done();
  }
}
