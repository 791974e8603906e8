package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Trainer;

/**
 * How a rival trains: stochastic gradient descent with a learning rate that is divided by 10 after
 * 60 % of the steps and again after 90 %.
 *
 * @param epochs of each training, at least 0; 0 trains nothing
 * @param rate the first learning rate, at least 0
 * @param momentum in [0, 1)
 * @param weightDecay the factor of w in the gradient, at least 0
 */
public record TrainingPlan(int epochs, double rate, double momentum, double weightDecay) {
  /** Checks the ranges. */
  public TrainingPlan {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "training plan: " + epochs + " epochs: expected 0 or more");
    }
    if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "training plan: learning rate " + rate + ": expected 0 or more");
    }
    rule(momentum, weightDecay);
  }

  private static Sgd rule(double momentum, double weightDecay) {
    return new Sgd(momentum, false, weightDecay);
  }

  /** Momentum 0.9 and weight decay 5e-4, which the paper's networks are trained with. */
  public static TrainingPlan of(int epochs, double rate) {
    return new TrainingPlan(epochs, rate, 0.9, 5e-4);
  }

  /** The update rule. */
  Sgd rule() {
    return rule(momentum, weightDecay);
  }

  /** The number of steps. */
  long steps(BatchSource train) {
    return (long) epochs * train.batchesPerEpoch();
  }

  /** The learning rates of so many steps. */
  Schedule schedule(long steps) {
    return Schedule.piecewise(rate, 0.1, 6 * steps / 10, 9 * steps / 10);
  }

  /**
   * Trains a network with an optimiser of its own.
   *
   * @param round which training of the rival it is, from 0 on: each goes on with the epochs where
   *     the one before stopped
   * @param rounds how many there are in all
   */
  void train(
      Network network,
      BatchSource train,
      int round,
      int rounds,
      Seed seed,
      RivalListener listener) {
    long steps = steps(train);
    long done = round * steps;
    Schedule schedule = schedule(steps);
    Optimizer optimizer = new Optimizer(rule(), network);
    Callback telling =
        step -> listener.afterStep(step.number(), rounds * steps, (double) step.loss());
    Trainer.fit(
        network,
        train,
        optimizer,
        step -> schedule.at(step - done),
        done,
        done + steps,
        seed.child("train"),
        telling);
  }
}
