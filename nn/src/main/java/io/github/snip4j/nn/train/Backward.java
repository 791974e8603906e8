package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.Optimizer;

/** The forward and the backward pass of a step: a batch's loss, and its gradients. */
record Backward(Network network, Optimizer optimizer, TrainingOptions options) {
  /**
   * What came of a batch, valid within the workspace's step.
   *
   * @param loss without penalties
   * @param gradients of the loss with penalties
   */
  record Done(Batch batch, Pass pass, float loss, Gradients gradients) {}

  /**
   * Computes both.
   *
   * @param number of the step, from 1 on
   * @param rate told if the training has diverged
   * @param seed of random draws
   * @param whole whether the gradients are of the parameters' whole shapes
   * @throws DivergedException if the loss is infinite or not a number
   */
  Done of(Batch batch, long number, double rate, Seed seed, boolean whole) {
    Pass pass =
        whole ? Pass.wholeGradients(seed, optimizer::moves) : Pass.training(seed, optimizer::moves);
    Variable loss = network.loss(batch, pass);
    float value = loss.value().item();
    if (!Float.isFinite(value)) {
      String origin = FirstNonFinite.of(network, batch, seed);
      throw new DivergedException(number, value, rate, origin);
    }
    Variable all = penalized(loss, pass);
    if (!Float.isFinite(all.value().item())) {
      throw new DivergedException(
          number, all.value().item(), rate, "the loss is finite, and its penalties are not");
    }
    return new Done(batch, pass, value, all.backward());
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
}
