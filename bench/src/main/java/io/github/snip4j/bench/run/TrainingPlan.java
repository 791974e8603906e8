package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RewindKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.optim.Schedule;
import java.util.List;
import java.util.Objects;

/**
 * How long a network is trained, and by what rates and draws.
 *
 * @param steps at least 1
 * @param shuffle the order of the examples
 * @param seed of what training passes draw
 * @param bestFrom the step from which on a network may be the best on validation
 * @param extra what else happens between steps
 */
record TrainingPlan(
    int steps, Schedule schedule, Seed shuffle, Seed seed, long bestFrom, TrainingExtra extra) {
  /** All steps of a run: of one that is not retrained. */
  static TrainingPlan whole(RunOptions options, RunSeeds draws) {
    return first(options, draws, options.iterations(), TrainingExtra.NOTHING);
  }

  /** The training of the whole network before it is pruned in rounds. */
  static TrainingPlan before(RunOptions options, RunSeeds draws, TrainingExtra extra) {
    return first(options, draws, options.retraining().pretrain(), extra);
  }

  private static TrainingPlan first(
      RunOptions options, RunSeeds draws, int steps, TrainingExtra extra) {
    return new TrainingPlan(
        steps, schedule(options, steps), draws.shuffle(), draws.training(), 0, extra);
  }

  private static Schedule schedule(RunOptions options, int steps) {
    return options.schedule().create(options.lr(), steps, options.warmUp());
  }

  /** The training that follows a round of pruning, from 1 on. */
  static TrainingPlan after(RunOptions options, RunSeeds draws, int round, TrainingExtra extra) {
    RetrainSpec spec = options.retraining();
    return new TrainingPlan(
        spec.retrain(),
        retraining(options),
        draws.shuffle().child(round),
        draws.training().child(round),
        0,
        extra);
  }

  private static Schedule retraining(RunOptions options) {
    RetrainSpec spec = options.retraining();
    if (spec.rewind() != RewindKind.NONE) {
      Schedule before = schedule(options, spec.pretrain());
      return step -> before.at(spec.rewindTo() + step);
    }
    return options.schedule().retraining(Objects.requireNonNull(spec.retrainLr()), spec.retrain());
  }

  /** This plan for a network that is pruned meanwhile, and is no candidate before that ends. */
  TrainingPlan pruning(TrainingExtra gradual, long until) {
    return new TrainingPlan(steps, schedule, shuffle, seed, until, gradual);
  }

  /**
   * The steps of the training that led to the result, from which on the learning rate is a tenth of
   * what it was.
   */
  static List<Long> dropsAt(RunOptions options) {
    RetrainSpec spec = options.retraining();
    if (spec.hasRival()) {
      return List.of(); // the method says itself
    }
    if (!spec.inRounds()) {
      return options.schedule().dropsAt(options.iterations(), options.warmUp());
    }
    if (spec.rewind() == RewindKind.NONE) {
      return options.schedule().retrainingDropsAt(spec.retrain());
    }
    return options.schedule().dropsAt(spec.pretrain(), options.warmUp()).stream()
        .map(step -> step - spec.rewindTo())
        .filter(step -> step > 0)
        .toList();
  }
}
