package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.snip.dynamic.Move;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next {@link CheckpointMetadata} of a run in the making: it begins as a copy of the last one,
 * and whoever changes it names what changes. The record itself stays flat, as its components are
 * the fields of the file.
 */
final class CheckpointDraft {
  private final CheckpointMetadata before;
  RunOptions options;
  @Nullable Integer checkpointEvery;
  @Nullable PruningSummary pruning;
  Map<String, Storage> kernels;
  @Nullable TrainingResult pruned;
  @Nullable String network;
  TimeBreakdown spent;
  LearningCurve.SoFar curve;
  List<Move> moves;
  List<PruningLevel> levels;
  @Nullable TrainingResult pretrained;
  double totalSeconds;

  CheckpointDraft(CheckpointMetadata before) {
    this.before = before;
    options = before.options();
    checkpointEvery = before.checkpointEvery();
    pruning = before.pruning();
    kernels = before.kernels();
    pruned = before.pruned();
    network = before.network();
    spent = before.spent();
    curve = before.curve();
    moves = before.moves();
    levels = before.levels();
    pretrained = before.pretrained();
    totalSeconds = before.totalSeconds();
  }

  /** Nothing has happened yet in the present training. */
  void beginTraining() {
    spent = TimeBreakdown.NOTHING;
    curve = LearningCurve.SoFar.NOTHING;
    moves = List.of();
  }

  /** The metadata with what has changed; form, machine, data and given weights stay. */
  CheckpointMetadata done() {
    return new CheckpointMetadata(
        before.schema(),
        options,
        checkpointEvery,
        before.machine(),
        before.dataSha256(),
        before.weightsSha256(),
        pruning,
        kernels,
        pruned,
        network,
        spent,
        curve,
        moves,
        levels,
        pretrained,
        totalSeconds);
  }
}
