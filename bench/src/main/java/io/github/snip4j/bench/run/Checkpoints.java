package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.CheckpointExtras;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the checkpoints of a run. */
final class Checkpoints {
  private final RunFolder folder;
  private final CheckpointSchedule cadence;
  private final long start = System.nanoTime();
  private final double secondsBefore;
  private CheckpointMetadata state;
  private double seconds;

  /**
   * @param state at the start, or where the run goes on
   */
  Checkpoints(RunFolder folder, CheckpointMetadata state) {
    this.folder = folder;
    this.cadence = new CheckpointSchedule(state.checkpointEvery());
    this.state = state;
    this.secondsBefore = state.totalSeconds();
  }

  /** What is known of the run. */
  CheckpointMetadata state() {
    return state;
  }

  /** The pruned network is trained and written; the next training begins. */
  void pruned(TrainingResult trained) throws IOException {
    state = state.withPruned(trained, Sha256.of(folder.trained()));
  }

  /**
   * The network is pruned further.
   *
   * @param stored how each weight that is pruned is stored from now on
   */
  void atLevel(PruningSummary pruning, Map<String, Storage> stored, List<PruningLevel> levels) {
    state = state.atLevel(pruning, stored, levels);
  }

  /**
   * A training is done, or none has begun.
   *
   * @param pretrained what came of training the network before it was pruned; null if that is not
   *     done
   */
  void levels(List<PruningLevel> levels, @Nullable TrainingResult pretrained) {
    state = state.ended(levels, pretrained);
  }

  /** How long the run has taken, interruptions not counted. */
  double totalSeconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }

  /** How long writing has taken since the program started. */
  double seconds() {
    return seconds;
  }

  /** Writes one after a step, if it is due. */
  void afterStep(
      long step,
      Network network,
      Optimizer optimizer,
      LearningCurve curve,
      ConnectionMoves moves,
      Supplier<CheckpointExtras> extras,
      TimeBreakdownClock clock) {
    if (cadence.isDue(step)) {
      try {
        write(network, optimizer, curve, moves, extras.get(), clock.spent());
      } catch (IOException e) {
        throw new UncheckedIOException(e); // RunPipeline takes it out again
      }
    }
  }

  /** Writes one now, if any are wanted. */
  void write(
      Network network,
      Optimizer optimizer,
      LearningCurve curve,
      ConnectionMoves moves,
      CheckpointExtras extras,
      TimeBreakdown spent)
      throws IOException {
    if (!cadence.isOn()) {
      return;
    }
    long begin = System.nanoTime();
    String about = Json.write(state.at(spent, curve.soFar(), moves.soFar(), totalSeconds()));
    folder.write(
        () -> {
          boolean written =
              Checkpoint.save(folder.checkpoint(), network, optimizer, curve.best(), about, extras);
          if (written) {
            folder.resumableFrom(new ResumePoint(optimizer.steps(), state.training()));
          }
          return written;
        });
    double took = (System.nanoTime() - begin) / 1e9;
    seconds += took;
    cadence.written(took);
  }
}
