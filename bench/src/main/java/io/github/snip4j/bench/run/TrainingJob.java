package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Cost;
import io.github.snip4j.bench.result.Exchange;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.Loader;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.CheckpointExtras;
import io.github.snip4j.nn.train.DataParallel;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.FirstNonFinite;
import io.github.snip4j.nn.train.GradientSource;
import io.github.snip4j.nn.train.GradientSum;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.nn.train.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training of a network as the options say, and how it does. Afterwards the network holds the
 * parameters of the last step.
 */
final class TrainingJob {
  private static final int EVALUATION_BATCH = 1000;
  private static final int AHEAD = 3; // batches that are ready before they are asked for

  private final Network network;
  private final Splits splits;
  private final RunOptions options;
  private final TrainingPlan plan;
  private final Checkpoints checkpoints;
  private final Optimizer optimizer;
  private final ReusableBatches batches;
  private final PeakHeap heap = new PeakHeap();
  private final TimeBreakdownClock clock;
  private final ConnectionMoves moves;
  private final BestOnValidation best;
  private final LearningCurve curve;
  private final @Nullable PartWorkers workers;

  /**
   * @param splits under the labels that are trained on
   * @param plan how long it is trained, and by what draws
   * @param from where to go on; null to begin
   * @param workers compute the parts of batches; null if this program does
   * @throws IOException if a checkpoint is not one of this training
   */
  TrainingJob(
      Network network,
      Splits splits,
      RunOptions options,
      RunSeeds draws,
      TrainingPlan plan,
      Checkpoints checkpoints,
      @Nullable Checkpoint from,
      @Nullable PartWorkers workers)
      throws IOException {
    this.workers = workers;
    this.network = network;
    this.splits = splits;
    this.options = options;
    this.plan = plan;
    this.checkpoints = checkpoints;
    this.optimizer = new Optimizer(options.optimizer().create(options.weightDecay()), network);
    this.batches =
        options.data().augment().shuffled(splits.train(), options.batch(), plan.shuffle());
    this.clock = new TimeBreakdownClock(checkpoints);
    BatchSource validation = inOrder(network, splits.validation());
    int epoch = batches.batchesPerEpoch();
    int steps = plan.steps();
    this.moves = ConnectionMoves.of(options, network, draws.growth());
    this.best =
        from == null
            ? new BestOnValidation(network, validation, epoch, steps, plan.bestFrom())
            : new BestOnValidation(
                network,
                validation,
                epoch,
                steps,
                plan.bestFrom(),
                from.restore(network, optimizer, extras()));
    if (from != null) {
      moves.restore(from, checkpoints.state().moves());
    }
    this.curve =
        new LearningCurve(
            best, () -> score(network, splits.test()), epoch, steps, checkpoints.state().curve());
  }

  /**
   * Writes a checkpoint before the first step, for a training that follows another.
   *
   * @throws IOException if that fails
   */
  void writeStart() throws IOException {
    checkpoints.write(network, optimizer, curve, moves, extras(), clock.spent());
  }

  private CheckpointExtras extras() {
    CheckpointExtras moving = moves.extras();
    return moving.equals(CheckpointExtras.NONE) ? plan.extra().extras() : moving;
  }

  /**
   * Trains and evaluates.
   *
   * @param listener is told of each step before the step is validated or written down
   * @throws DivergedException if the loss, of a batch or of the data at the end, is not finite
   * @throws UncheckedIOException if a checkpoint cannot be written, or the workers fail
   */
  TrainingResult run(Callback listener) throws IOException {
    Callback[] callbacks = {
      moves,
      listener,
      this::change,
      this::validate,
      step ->
          checkpoints.afterStep(
              step.number(), network, optimizer, curve, moves, this::extras, clock)
    };
    TrainingOptions how = TrainingOptions.PLAIN.inParts(options.parts());
    Exchange exchange = workers == null ? here(how, callbacks) : elsewhere(workers, how, callbacks);
    TimeBreakdown spent = clock.spent();
    int steps = plan.steps();
    Cost cost =
        Cost.of(network, optimizer, moves.bytes(), spent, steps, options.batch(), heap.bytes());
    Network whenBest = network.restored(best.best().network());
    return new TrainingResult(
        point(steps, network), // the last update itself may have gone wrong
        point(best.best().step(), whenBest),
        curve.soFar().points(),
        cost,
        spent.training(),
        spent.waiting() / spent.steps(),
        spent.checkpoints(),
        curve.soFar().tested(),
        moves.movement(network),
        exchange);
  }

  private @Nullable Exchange here(TrainingOptions how, Callback... callbacks) {
    try (Loader loader = new Loader(batches, AHEAD, optimizer.steps())) {
      clock.loopBegins(loader::waitedSeconds);
      Trainer.fit(
          network,
          loader,
          optimizer,
          plan.schedule(),
          how,
          optimizer.steps(),
          plan.steps(),
          plan.seed(),
          callbacks);
    }
    return null;
  }

  private Exchange elsewhere(PartWorkers others, TrainingOptions how, Callback... callbacks)
      throws IOException {
    DataParallel parallel = new DataParallel(network, optimizer, how);
    String data = checkpoints.state().dataSha256();
    PartWorkers.Session session =
        others.begin(
            new PartWorkers.Training(
                parallel,
                options,
                data,
                plan.shuffle(),
                plan.seed(),
                plan.steps(),
                plan.schedule(),
                batches));
    clock.loopBegins(() -> 0);
    GradientSource gradients =
        (step, rate) -> {
          long before = session.startNanos();
          GradientSum sum = session.at(step, rate);
          clock.paused(session.startNanos() - before);
          return sum;
        };
    Trainer.fit(parallel, gradients, plan.schedule(), optimizer.steps(), plan.steps(), callbacks);
    return session.exchange();
  }

  /** What else happens; it is no part of the step. */
  private void change(Callback.Step step) {
    long begin = System.nanoTime();
    plan.extra().afterStep(network, step.number(), () -> clock.spent().steps());
    clock.paused(System.nanoTime() - begin);
  }

  private void validate(Callback.Step step) {
    long begin = System.nanoTime();
    curve.afterStep(step);
    clock.paused(System.nanoTime() - begin);
    checkFinite(best.latest().loss(), step.number(), network); // the batches may not show it yet
  }

  /** How a network that was trained so far does on all data. */
  private TrainingResult.Point point(long step, Network trained) {
    TrainingResult.Point point =
        new TrainingResult.Point(
            step,
            score(trained, splits.train()),
            score(trained, splits.validation()),
            score(trained, splits.test()));
    for (TrainingResult.Score score : List.of(point.training(), point.validation(), point.test())) {
      checkFinite(score.loss(), step, trained);
    }
    return point;
  }

  private void checkFinite(double loss, long step, Network trained) {
    if (!Double.isFinite(loss)) {
      String first = FirstNonFinite.of(trained, batches.at(step), plan.seed());
      throw new DivergedException(step, loss, plan.schedule().at(Math.max(0, step - 1)), first);
    }
  }

  /** How a network does on a part of the data. */
  static TrainingResult.Score score(Network network, Examples part) {
    return TrainingResult.Score.of(Evaluation.of(network, inOrder(network, part)));
  }

  private static BatchSource inOrder(Network network, Examples part) {
    return part.inOrder(Math.min(Evaluation.batchSize(network, EVALUATION_BATCH), part.size()));
  }
}
