package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;

/**
 * The training loop: forward, backward, update. Everything else hangs in by callbacks.
 *
 * <p>A callback may change which connections exist, by {@link Network#restructure}: the next step
 * computes with those.
 *
 * <p>Each step runs in the same {@link Workspace}, so that in steady state next to nothing is
 * allocated: a tensor that is made within a step is overwritten by the next.
 */
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
    fit(network, batches, optimizer, schedule, 0, steps, seed, callbacks);
  }

  /**
   * Goes on with a training that was interrupted, with the same bits.
   *
   * @param done how many of the steps were done; network and optimiser are as they were then
   * @throws DivergedException as above
   */
  public static void fit(
      Network network,
      BatchSource batches,
      Optimizer optimizer,
      Schedule schedule,
      long done,
      long steps,
      Seed seed,
      Callback... callbacks) {
    Workspace workspace = new Workspace();
    for (long i = done; i < steps; i++) {
      long number = i;
      Batch batch = batches.at(i);
      double rate = schedule.at(i);
      float loss =
          workspace.run(
              () ->
                  step(network, batch, optimizer, number + 1, rate, seed.child(number), callbacks));
      Callback.Step step = new Callback.Step(i + 1, loss, rate, batch.size());
      for (Callback callback : callbacks) {
        callback.afterStep(step);
      }
    }
  }

  /** One step, from 1 on; returns the loss before it. */
  private static float step(
      Network network,
      Batch batch,
      Optimizer optimizer,
      long number,
      double rate,
      Seed seed,
      Callback... callbacks) {
    boolean whole = false;
    for (Callback callback : callbacks) {
      whole |= callback.needsWholeGradients(number);
    }
    Pass pass = whole ? Pass.wholeGradients(seed) : Pass.training(seed);
    Variable loss = network.loss(batch, pass);
    float value = loss.value().item();
    if (!Float.isFinite(value)) {
      throw new DivergedException(number, value, rate, FirstNonFinite.of(network, batch, seed));
    }
    Gradients gradients = loss.backward();
    optimizer.step(pass, gradients, rate);
    for (Callback callback : callbacks) {
      callback.afterUpdate(number, pass, gradients);
    }
    return value;
  }
}
