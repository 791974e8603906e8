package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RewindKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.train.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trains a network, or takes a trained one, and prunes and retrains it in rounds. */
final class RetrainingRounds {
  private final RunOptions options;
  private final RetrainSpec spec;
  private final RunSeeds draws;
  private final Supplier<Network> first;
  private final LevelCuts cuts;
  private final Checkpoints checkpoints;
  private final Training training;
  private final RunListener listener;

  /** What surrounds the trainings of a run. */
  interface Training {
    /**
     * Trains a network.
     *
     * @param follows whether something was done before, so that a checkpoint is written at the
     *     start
     * @param from where it goes on; null to begin
     */
    TrainingResult run(
        Network network, String what, TrainingPlan plan, boolean follows, @Nullable Checkpoint from)
        throws IOException;

    /** How a network does on the test set. */
    TrainingResult.Score test(Network network);

    /** What a method trains on that brings its own loop, and how its network does. */
    RivalTraining.Data data();
  }

  /** A network, and what came of training it. */
  record Trained(Network network, TrainingResult result) {}

  /**
   * @param first gives the network that all begins with, each time anew
   */
  RetrainingRounds(
      RunOptions options,
      RunSeeds draws,
      Supplier<Network> first,
      LevelCuts cuts,
      Checkpoints checkpoints,
      Training training,
      RunListener listener) {
    this.options = options;
    this.spec = options.retraining();
    this.draws = draws;
    this.first = first;
    this.cuts = cuts;
    this.checkpoints = checkpoints;
    this.training = training;
    this.listener = listener;
  }

  /** What the training of a round is called; round 0 is the one before all. */
  static String name(int round, int rounds) {
    return round == 0 ? Experiment.DENSE : "pruned, round " + round + " of " + rounds;
  }

  /**
   * All that is left to do.
   *
   * @param from where a training was interrupted; null if none has begun
   */
  Trained run(@Nullable Checkpoint from) throws IOException {
    Checkpoint interrupted = from;
    Network network = first.get();
    RewindPoint point = null;
    if (spec.rewind() == RewindKind.WEIGHTS) {
      point =
          from == null
              ? new RewindPoint(spec.rewindTo(), first.get())
              : RewindPoint.resumed(
                  spec.rewindTo(),
                  first.get(),
                  from,
                  round() > 0 || from.step() >= spec.rewindTo());
    }
    if (from == null) {
      checkpoints.levels(List.of(cuts.first(network)), null);
    } else {
      network = network.restructured(from.masks(network), checkpoints.state().kernels());
    }
    TrainingExtra extra = point == null ? TrainingExtra.NOTHING : point;
    if (round() == 0) {
      before(network, extra, interrupted);
      interrupted = null;
      if (spec.hasRival()) {
        return new RivalTraining(options, cuts, checkpoints, training, listener).run(network);
      }
      cut(network, 1, point);
    }
    TrainingResult result = after(network, round(), extra, interrupted);
    while (round() < options.scoring().rounds()) {
      cut(network, round() + 1, point);
      result = after(network, round(), extra, null);
    }
    return new Trained(network, result);
  }

  private int round() {
    return checkpoints.state().levels().size() - 1;
  }

  /** The network before the first round, trained here or before. */
  private void before(Network network, TrainingExtra extra, @Nullable Checkpoint from)
      throws IOException {
    if (spec.pretrain() == 0) {
      checkpoints.levels(ended(0, 0, training.test(network)), null);
      return;
    }
    TrainingPlan plan = TrainingPlan.before(options, draws, extra);
    TrainingResult result = training.run(network, Experiment.DENSE, plan, false, from);
    checkpoints.levels(ended(result, spec.pretrain()), result);
  }

  private void cut(Network network, int round, @Nullable RewindPoint point) {
    int rounds = options.scoring().rounds();
    double first = checkpoints.state().levels().get(0).sparsity();
    double sparsity = cuts.sparsity(first, round);
    Pruning pruning = cuts.cut(network, sparsity, round);
    PruningLevel level = cuts.level(network, sparsity, training.test(network));
    if (point != null) {
      point.apply(network);
    }
    List<PruningLevel> levels = new ArrayList<>(checkpoints.state().levels());
    levels.add(level);
    checkpoints.atLevel(pruning.summary(), LevelCuts.stored(network), levels);
    if (round == rounds) {
      listener.pruned(options, pruning);
    }
    listener.level(options, round, level);
  }

  private TrainingResult after(
      Network network, int round, TrainingExtra extra, @Nullable Checkpoint from)
      throws IOException {
    TrainingPlan plan = TrainingPlan.after(options, draws, round, extra);
    String what = name(round, options.scoring().rounds());
    TrainingResult result = training.run(network, what, plan, true, from);
    checkpoints.levels(ended(result, spec.retrain()), checkpoints.state().pretrained());
    return result;
  }

  private List<PruningLevel> ended(TrainingResult result, int steps) {
    return ended(result.cost().stepMillis(), steps, result.last().test());
  }

  private List<PruningLevel> ended(double stepMillis, int steps, TrainingResult.Score test) {
    List<PruningLevel> levels = new ArrayList<>(checkpoints.state().levels());
    PruningLevel now = levels.remove(levels.size() - 1);
    levels.add(now.ended(steps, stepMillis, test));
    return levels;
  }
}
