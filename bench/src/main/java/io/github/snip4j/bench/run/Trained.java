package io.github.snip4j.bench.run;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import java.util.Map;

/**
 * What came of training a network.
 *
 * @param last after the last step
 * @param bestOnValidation after the step whose error on the validation set was least, evaluated
 *     once per epoch
 * @param trainingSeconds of the training loop, evaluations on the validation set included
 */
public record Trained(Point last, Point bestOnValidation, double trainingSeconds) {
  private static final int EVALUATION_BATCH = 1000;

  /** How the network did after one step. */
  public record Point(long step, Score training, Score validation, Score test) {}

  /**
   * How it did on one part of the data.
   *
   * @param error share of wrong answers, in [0, 1]
   * @param loss mean cross-entropy
   */
  public record Score(double error, double loss) {
    static Score of(Evaluation evaluation) {
      return new Score(evaluation.error(), evaluation.loss());
    }
  }

  /**
   * Trains a network, which afterwards holds the parameters of the last step.
   *
   * @param masks by parameter name; empty for a dense network
   */
  public static Trained train(
      Network network,
      Map<String, Mask> masks,
      Splits splits,
      RunOptions options,
      Seed seed,
      Callback progress) {
    long start = System.nanoTime();
    Optimizer optimizer =
        new Optimizer(options.optimizer().create(options.weightDecay()), network, masks);
    int perEpoch = splits.train().shuffled(options.batch(), seed).batchesPerEpoch();
    BestOnValidation best =
        new BestOnValidation(
            network,
            splits.validation().inOrder(EVALUATION_BATCH),
            Math.min(perEpoch, options.iterations()));
    Trainer.fit(
        network,
        splits.train().shuffled(options.batch(), seed.child("shuffle")),
        optimizer,
        schedule(options),
        options.iterations(),
        seed.child("train"),
        progress,
        best);
    double seconds = (System.nanoTime() - start) / 1e9;

    Point last = point(options.iterations(), network, splits);
    Map<String, Tensor> parameters = network.snapshot();
    network.restore(best.parameters());
    Point bestPoint = point(best.step(), network, splits);
    network.restore(parameters);
    return new Trained(last, bestPoint, seconds);
  }

  private static Schedule schedule(RunOptions options) {
    long steps = options.iterations();
    return Schedule.piecewise(options.lr(), 0.1, steps * 7 / 10, steps * 9 / 10);
  }

  private static Point point(long step, Network network, Splits splits) {
    return new Point(
        step,
        Score.of(Evaluation.of(network, splits.train().inOrder(EVALUATION_BATCH))),
        Score.of(Evaluation.of(network, splits.validation().inOrder(EVALUATION_BATCH))),
        Score.of(Evaluation.of(network, splits.test().inOrder(EVALUATION_BATCH))));
  }
}
