package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.optim.Optimizer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One step of a training: forward, backward, update. */
final class TrainingStep {
  private final Workspace workspace = new Workspace();
  private final Network network;
  private final Optimizer optimizer;
  private final TrainingOptions options;
  private final Callback[] callbacks;
  private final Backward backward;
  private final DataParallel summed; // where a step is of several batches or parts
  private final GradientSum sum = new GradientSum();

  TrainingStep(
      Network network, Optimizer optimizer, TrainingOptions options, Callback... callbacks) {
    this.network = network;
    this.optimizer = optimizer;
    this.options = options;
    this.callbacks = callbacks;
    this.backward = new Backward(network, optimizer, options);
    this.summed =
        options.parts() > 1
            ? new DataParallel(network, optimizer, options)
            : DataParallel.ofBatches(network, optimizer, options);
  }

  /**
   * Takes a step.
   *
   * @param i its number, from 0 on
   * @param seed of its random draws
   */
  Callback.Step take(BatchSource batches, long i, double rate, Seed seed) {
    if (options.accumulated() > 1) {
      int parts = options.accumulated();
      return several(parts, k -> batches.at(i * parts + k), i + 1, rate, seed);
    }
    Batch batch = batches.at(i);
    if (options.parts() > 1) {
      return several(options.parts(), k -> summed.cut(batch, k), i + 1, rate, seed);
    }
    float loss = workspace.run(() -> one(batch, i + 1, rate, seed));
    return new Callback.Step(i + 1, loss, rate, batch.size());
  }

  /** One batch; returns its loss. */
  private float one(Batch batch, long number, double rate, Seed seed) {
    Backward.Done done = backward.of(batch, number, rate, seed, needsWhole(number));
    if (options.isPlain()) {
      optimizer.step(done.pass(), done.gradients(), rate);
    } else {
      ParameterGradients g = ParameterGradients.of(network, done.pass(), done.gradients());
      optimizer.step(options.clipped(g), rate);
    }
    tellUpdated(number, done);
    return done.loss();
  }

  /** Several batches, or parts of one, each of which draws its own dropout. */
  private Callback.Step several(
      int number, IntFunction<Batch> parts, long step, double rate, Seed seed) {
    sum.clear();
    Backward.Done last = null;
    for (int k = 0; k < number; k++) {
      boolean whole = k == number - 1 && needsWhole(step);
      Backward.Done done = summed.add(sum, parts.apply(k), step, rate, seed.child(k), whole);
      last = done == null ? last : done;
    }
    summed.step(sum, rate);
    tellUpdated(step, last);
    return new Callback.Step(step, sum.loss(), rate, sum.examples());
  }

  private boolean needsWhole(long number) {
    boolean whole = false;
    for (Callback callback : callbacks) {
      whole |= callback.needsWholeGradients(number);
    }
    return whole;
  }

  private void tellUpdated(long number, Backward.@Nullable Done done) {
    for (Callback callback : callbacks) {
      if (done != null) {
        callback.afterUpdate(number, done.pass(), done.gradients());
      }
    }
  }
}
