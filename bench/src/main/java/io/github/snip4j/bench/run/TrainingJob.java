package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Cost;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.Loader;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.FirstNonFinite;
import io.github.snip4j.nn.train.Trainer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains a network as the options say, and sees how it does. */
final class TrainingJob {
  private static final int EVALUATION_BATCH = 1000;
  private static final int AHEAD = 3; // batches that are ready before they are asked for

  private final Splits splits;
  private final RunOptions options;
  private final RunSeeds draws;

  TrainingJob(Splits splits, RunOptions options, RunSeeds draws) {
    this.splits = splits;
    this.options = options;
    this.draws = draws;
  }

  /**
   * Trains a network, which afterwards holds the parameters of the last step.
   *
   * @param listener is told of each step before the step is validated or written down
   * @param from where to go on; null to begin
   * @throws DivergedException if the loss, of a batch or of the data at the end, is not finite
   * @throws IOException if a checkpoint cannot be written, or is not one of this training
   */
  TrainingResult run(
      Network network, Callback listener, Checkpoints checkpoints, @Nullable Checkpoint from)
      throws IOException {
    Optimizer optimizer = new Optimizer(options.optimizer().create(options.weightDecay()), network);
    ReusableBatches batches =
        options.data().augment().shuffled(splits.train(), options.batch(), draws.shuffle());
    BatchSource validation = inOrder(splits.validation());
    int epoch = batches.batchesPerEpoch();
    int steps = options.iterations();
    PeakHeap heap = new PeakHeap();
    TimeBreakdownClock clock = new TimeBreakdownClock(checkpoints);
    BestOnValidation best =
        from == null
            ? new BestOnValidation(network, validation, epoch, steps)
            : new BestOnValidation(
                network, validation, epoch, steps, from.restore(network, optimizer));
    LearningCurve curve = new LearningCurve(best, epoch, steps, checkpoints.state().curve());
    if (from == null && checkpoints.state().pruned() != null) {
      checkpoints.write(network, optimizer, curve, clock.spent());
    }
    Schedule schedule = options.schedule().create(options.lr(), steps, options.warmUp());
    try (Loader loader = new Loader(batches, AHEAD, optimizer.steps())) {
      clock.loopBegins(loader);
      Trainer.fit(
          network,
          loader,
          optimizer,
          schedule,
          optimizer.steps(),
          steps,
          draws.training(),
          step -> {
            listener.afterStep(step);
            long begin = System.nanoTime();
            curve.afterStep(step);
            clock.validated(System.nanoTime() - begin);
            double loss = best.latest().loss();
            if (!Double.isFinite(loss)) { // the batches may not show it yet
              throw diverged(network, batches, schedule, step.number(), loss);
            }
            checkpoints.afterStep(step.number(), network, optimizer, curve, clock);
          });
    }
    TimeBreakdown spent = clock.spent();
    Cost cost = Cost.of(network, optimizer, spent, steps, options.batch(), heap.bytes());

    TrainingResult.Point last = point(steps, network);
    Diverging diverging = (step, loss) -> diverged(network, batches, schedule, step, loss);
    diverging.check(last); // the last update itself may have gone wrong
    Network whenBest = network.restored(best.best().network());
    TrainingResult.Point bestPoint = point(best.best().step(), whenBest);
    Diverging divergingThen = (step, loss) -> diverged(whenBest, batches, schedule, step, loss);
    divergingThen.check(bestPoint);
    return new TrainingResult(
        last,
        bestPoint,
        curve.soFar().points(),
        cost,
        spent.training(),
        spent.waiting() / spent.steps(),
        spent.checkpoints());
  }

  /** What to throw of a loss that is not finite. */
  private interface Diverging {
    DivergedException at(long step, double loss);

    default void check(TrainingResult.Point point) {
      for (TrainingResult.Score score :
          List.of(point.training(), point.validation(), point.test())) {
        if (!Double.isFinite(score.loss())) {
          throw at(point.step(), score.loss());
        }
      }
    }
  }

  private DivergedException diverged(
      Network network, BatchSource batches, Schedule schedule, long step, double loss) {
    String first = FirstNonFinite.of(network, batches.at(step), draws.training());
    return new DivergedException(step, loss, schedule.at(Math.max(0, step - 1)), first);
  }

  private TrainingResult.Point point(long step, Network network) {
    return new TrainingResult.Point(
        step,
        score(network, splits.train()),
        score(network, splits.validation()),
        score(network, splits.test()));
  }

  private static TrainingResult.Score score(Network network, Examples part) {
    return TrainingResult.Score.of(Evaluation.of(network, inOrder(part)));
  }

  private static BatchSource inOrder(Examples part) {
    return part.inOrder(Math.min(EVALUATION_BATCH, part.size()));
  }
}
