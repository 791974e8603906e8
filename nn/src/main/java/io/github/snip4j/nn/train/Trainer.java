package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import java.util.concurrent.CancellationException;
import java.util.function.LongFunction;

/**
 * The training loop: forward, backward, update. Everything else hangs in by callbacks.
 *
 * <p>A callback may change which connections exist, by {@link Network#restructure}: the next step
 * computes with those.
 *
 * <p>A loop of one's own is eight lines, and has the same bits:
 *
 * <pre>{@code
 * Workspace workspace = new Workspace();
 * for (long i = 0; i < steps; i++) {
 *   Batch batch = batches.at(i);
 *   Pass pass = Pass.training(seed.child(i));
 *   double rate = schedule.at(i);
 *   workspace.run(() -> {
 *     Variable loss = network.loss(batch, pass);
 *     optimizer.step(pass, loss.backward(), rate);
 *     return loss.value().item();
 *   });
 * }
 * }</pre>
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
   * @return how many steps are done: fewer, if a callback wanted to stop
   * @throws DivergedException if the loss becomes infinite or not a number; the parameters are then
   *     those that gave this loss
   * @throws CancellationException if the thread is interrupted before the last step, which stays
   *     so; the step that was begun is done
   */
  public static long fit(
      Network network,
      BatchSource batches,
      Optimizer optimizer,
      Schedule schedule,
      long steps,
      Seed seed,
      Callback... callbacks) {
    return fit(network, batches, optimizer, schedule, 0, steps, seed, callbacks);
  }

  /**
   * Goes on with a training that was interrupted, with the same bits.
   *
   * @param done how many of the steps were done; network and optimiser are as they were then
   * @return how many are done now: fewer than were asked for, if a callback wanted to stop
   * @throws DivergedException if the loss becomes infinite or not a number; the parameters are then
   *     those that gave this loss
   * @throws CancellationException if the thread is interrupted before the last step, which stays
   *     so; the step that was begun is done
   */
  public static long fit(
      Network network,
      BatchSource batches,
      Optimizer optimizer,
      Schedule schedule,
      long done,
      long steps,
      Seed seed,
      Callback... callbacks) {
    return fit(
        network, batches, optimizer, schedule, TrainingOptions.PLAIN, done, steps, seed, callbacks);
  }

  /**
   * Trains with gradients that are clipped, accumulated over batches, computed in parts or
   * penalised; otherwise as {@link #fit(Network, BatchSource, Optimizer, Schedule, long, long,
   * Seed, Callback...)}.
   *
   * @param batches step i takes as many as are {@linkplain TrainingOptions#accumulated
   *     accumulated}, from i times that number on
   */
  public static long fit(
      Network network,
      BatchSource batches,
      Optimizer optimizer,
      Schedule schedule,
      TrainingOptions options,
      long done,
      long steps,
      Seed seed,
      Callback... callbacks) {
    TrainingStep step = new TrainingStep(network, optimizer, options, callbacks);
    return fit(i -> step.take(batches, i, schedule.at(i), seed.child(i)), done, steps, callbacks);
  }

  /**
   * Trains by gradients that are computed elsewhere; otherwise as {@link #fit(Network, BatchSource,
   * Optimizer, Schedule, long, long, Seed, Callback...)}. There is no pass here, so {@link
   * Callback#afterUpdate} is not called.
   *
   * @param parallel the copy of the network that is here
   * @throws IllegalArgumentException if a callback needs whole gradients
   */
  public static long fit(
      DataParallel parallel,
      GradientSource gradients,
      Schedule schedule,
      long done,
      long steps,
      Callback... callbacks) {
    return fit(
        i -> {
          for (Callback callback : callbacks) {
            if (callback.needsWholeGradients(i + 1)) {
              throw new IllegalArgumentException(
                  "training: step " + (i + 1) + " needs whole gradients: compute it here");
            }
          }
          double rate = schedule.at(i);
          GradientSum sum = gradients.at(i, rate);
          parallel.step(sum, rate);
          return new Callback.Step(i + 1, sum.loss(), rate, sum.examples());
        },
        done,
        steps,
        callbacks);
  }

  private static long fit(
      LongFunction<Callback.Step> step, long done, long steps, Callback... callbacks) {
    for (long i = done; i < steps; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("training: interrupted after step " + i);
      }
      Callback.Step now = step.apply(i);
      boolean stop = false;
      for (Callback callback : callbacks) {
        callback.afterStep(now);
      }
      for (Callback callback : callbacks) {
        stop |= callback.wantsToStop();
      }
      if (stop) {
        return i + 1;
      }
    }
    return steps;
  }
}
