package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.optim.UpdateRule;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Penalty;
import org.jspecify.annotations.Nullable;

/**
 * A mixture as the prior of weights and biases: the penalty of a training step, and, after it, the
 * step of the mixture itself.
 */
final class MixturePenalty implements Penalty, Callback {
  private final GaussianMixture mixture;
  private final double factor;
  private final UpdateRule rule;

  /**
   * @param factor τ / N
   */
  MixturePenalty(GaussianMixture mixture, double factor, UpdateRule rule) {
    this.mixture = mixture;
    this.factor = factor;
    this.rule = rule;
  }

  @Override
  public @Nullable Variable of(Parameter parameter, Pass pass) {
    if (!parameter.role().isConnection()) {
      return null;
    }
    Variable w = pass.values(parameter);
    Tensor dw = Tensor.uninitialized(w.shape());
    double loss = factor * mixture.loss(w.value(), factor, dw);
    return Variable.of(
        Operation.named("mixture"),
        Tensor.scalar((float) loss),
        w.pull(dy -> dy.item() == 1f ? dw : Pointwise.scale(dw, dy.item())));
  }

  @Override
  public void afterUpdate(long number, Pass pass, Gradients gradients) {
    mixture.update(factor, rule, number);
  }

  @Override
  public void afterStep(Step step) {}
}
