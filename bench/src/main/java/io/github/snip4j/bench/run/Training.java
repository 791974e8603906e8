package io.github.snip4j.bench.run;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.Loader;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import java.util.Map;

/** Trains a network as the options say, and sees how it does. */
final class Training {
  private static final int EVALUATION_BATCH = 1000;
  private static final double DROP = 0.1;
  private static final int AHEAD = 3; // batches that are ready before they are asked for

  private final Splits splits;
  private final RunOptions options;
  private final Draws draws;

  Training(Splits splits, RunOptions options, Draws draws) {
    this.splits = splits;
    this.options = options;
    this.draws = draws;
  }

  /** The steps from which on the learning rate is a tenth of what it was. */
  static long[] drops(RunOptions options) {
    long steps = options.iterations();
    return new long[] {steps * 7 / 10, steps * 9 / 10};
  }

  /**
   * Trains a network, which afterwards holds the parameters of the last step.
   *
   * @param masks by parameter name; empty for a dense network
   * @throws DivergedException if the loss, of a batch or of the data at the end, is not finite
   */
  Trained run(Network network, Map<String, Mask> masks, Callback progress) {
    long start = System.nanoTime();
    Optimizer optimizer =
        new Optimizer(options.optimizer().create(options.weightDecay()), network, masks);
    ReusableBatches batches =
        options.data().augment().shuffled(splits.train(), options.batch(), draws.shuffle());
    BestOnValidation best =
        new BestOnValidation(
            network, inOrder(splits.validation()), batches.batchesPerEpoch(), options.iterations());
    Schedule schedule = Schedule.piecewise(options.lr(), DROP, drops(options));
    Stopwatch validation = new Stopwatch(best);
    double waited;
    long loopStart = System.nanoTime();
    try (Loader loader = new Loader(batches, AHEAD, 0)) {
      Trainer.fit(
          network,
          loader,
          optimizer,
          schedule,
          options.iterations(),
          draws.training(),
          progress,
          validation);
      waited = loader.waitedSeconds();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double steps = (System.nanoTime() - loopStart) / 1e9 - validation.seconds();

    Trained.Point last = point(options.iterations(), network);
    if (!Double.isFinite(last.training().loss())) { // the last update itself went wrong
      throw new DivergedException(
          options.iterations(), last.training().loss(), schedule.at(options.iterations() - 1L));
    }
    Map<String, Tensor> parameters = network.snapshot();
    network.restore(best.parameters());
    Trained.Point bestPoint = point(best.step(), network);
    network.restore(parameters);
    return new Trained(last, bestPoint, seconds, waited / steps);
  }

  private Trained.Point point(long step, Network network) {
    return new Trained.Point(
        step,
        score(network, splits.train()),
        score(network, splits.validation()),
        score(network, splits.test()));
  }

  private static Trained.Score score(Network network, Examples part) {
    return Trained.Score.of(Evaluation.of(network, inOrder(part)));
  }

  private static BatchSource inOrder(Examples part) {
    return part.inOrder(Math.min(EVALUATION_BATCH, part.size()));
  }
}
