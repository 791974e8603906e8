package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;

/** The training loop: forward, backward, update. Everything else hangs in by callbacks. */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains for a number of steps.
   *
   * @param batches what each step sees
   * @param optimizer of this network's parameters
   * @param schedule the learning rate
   * @param seed of random draws in training passes
   * @throws DivergedException if the loss becomes infinite or not a number; the parameters are then
   *     those that gave this loss
   */
  public static void fit(
      Network network,
      BatchSource batches,
      Optimizer optimizer,
      Schedule schedule,
      long steps,
      Seed seed,
      Callback... callbacks) {
    for (long i = 0; i < steps; i++) {
      Batch batch = batches.at(i);
      Pass pass = Pass.training(seed.child(i));
      Variable loss = network.loss(batch, pass);
      float value = loss.value().item();
      double rate = schedule.at(i);
      if (!Float.isFinite(value)) {
        throw new DivergedException(i + 1, value, rate);
      }
      optimizer.step(pass, loss.backward(), rate);
      Callback.Step step = new Callback.Step(i + 1, value, rate, batch.size());
      for (Callback callback : callbacks) {
        callback.afterStep(step);
      }
    }
  }
}
