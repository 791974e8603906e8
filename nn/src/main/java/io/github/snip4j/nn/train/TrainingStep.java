package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/** One step of a training: forward, backward, update. */
final class TrainingStep {
  private final Workspace workspace = new Workspace();
  private final Network network;
  private final Optimizer optimizer;
  private final TrainingOptions options;
  private final Callback[] callbacks;
  private final GradientSum accumulated;

  TrainingStep(
      Network network, Optimizer optimizer, TrainingOptions options, Callback... callbacks) {
    this.network = network;
    this.optimizer = optimizer;
    this.options = options;
    this.callbacks = callbacks;
    this.accumulated = new GradientSum(network);
  }

  /** A batch and its number among those of a step. */
  private record Part(Batch batch, int number, boolean last) {}

  /**
   * Takes a step.
   *
   * @param i its number, from 0 on
   * @param seed of its random draws
   */
  Callback.Step take(BatchSource batches, long i, double rate, Seed seed) {
    int parts = options.accumulated();
    GradientSum sum = parts == 1 ? null : accumulated;
    double losses = 0;
    double count = 0;
    int examples = 0;
    for (int k = 0; k < parts; k++) {
      Part part = new Part(batches.at(i * parts + k), k, k == parts - 1);
      Seed own = parts == 1 ? seed : seed.child(k); // each draws its own dropout
      float loss = workspace.run(() -> part(part, i + 1, rate, own, sum));
      double weight = network.objective().count(part.batch.targets());
      losses += weight * loss;
      count += weight;
      examples += part.batch.size();
      if (parts == 1) {
        return new Callback.Step(i + 1, loss, rate, examples);
      }
    }
    return new Callback.Step(i + 1, (float) (losses / count), rate, examples);
  }

  /** One batch of a step, after the last of which the parameters move; returns its loss. */
  private float part(Part part, long number, double rate, Seed seed, @Nullable GradientSum sum) {
    boolean whole = false;
    for (Callback callback : callbacks) {
      whole |= part.last && callback.needsWholeGradients(number);
    }
    Pass pass =
        whole ? Pass.wholeGradients(seed, optimizer::moves) : Pass.training(seed, optimizer::moves);
    Variable loss = network.loss(part.batch, pass);
    float value = loss.value().item();
    if (!Float.isFinite(value)) {
      String origin = FirstNonFinite.of(network, part.batch, seed);
      throw new DivergedException(number, value, rate, origin);
    }
    Variable all = penalized(loss, pass);
    if (!Float.isFinite(all.value().item())) {
      throw new DivergedException(
          number, all.value().item(), rate, "the loss is finite, and its penalties are not");
    }
    Gradients gradients = all.backward();
    if (sum != null) {
      double weight = network.objective().count(part.batch.targets());
      sum.add(ParameterGradients.of(network, pass, gradients), weight);
      if (!part.last) {
        return value;
      }
    }
    if (options.isPlain()) {
      optimizer.step(pass, gradients, rate);
    } else {
      optimizer.step(
          clipped(sum == null ? ParameterGradients.of(network, pass, gradients) : sum.mean()),
          rate);
    }
    for (Callback callback : callbacks) {
      callback.afterUpdate(number, pass, gradients);
    }
    return value;
  }

  private Variable penalized(Variable loss, Pass pass) {
    Variable sum = loss;
    for (Penalty penalty : options.penalties()) {
      for (Parameter parameter : network.parameters()) {
        if (optimizer.moves(parameter)) {
          Variable term = penalty.of(parameter, pass);
          sum = term == null ? sum : Arithmetic.add(sum, term);
        }
      }
    }
    return sum;
  }

  private ParameterGradients clipped(ParameterGradients gradients) {
    ParameterGradients clipped = gradients;
    if (options.clippedValue() < Double.POSITIVE_INFINITY) {
      clipped = clipped.clippedToValue(options.clippedValue());
    }
    if (options.clippedNorm() < Double.POSITIVE_INFINITY) {
      clipped = clipped.clippedToNorm(options.clippedNorm());
    }
    return clipped;
  }
}
