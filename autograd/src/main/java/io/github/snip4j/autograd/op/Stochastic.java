package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.DropoutFactors;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;

/** Operations that draw random numbers: pure functions of their arguments, the seed among them. */
public final class Stochastic {
  private Stochastic() {}

  /**
   * Inverted dropout: each element is 0 with probability {@code rate}, else divided by 1 - rate.
   *
   * @param seed another one for each use and each step
   * @throws IllegalArgumentException if the rate is not in [0, 1)
   */
  public static Variable dropout(Variable x, double rate, Seed seed) {
    Tensor factors = DropoutFactors.factors(x.shape(), rate, seed);
    return Variable.of(
        Operation.linear("dropout", v -> dropout(v, rate, seed), x)
            .forSignals(in -> in.get(0)), // whatever is drawn
        Broadcast.multiply(x.value(), factors),
        x.pull(dy -> Broadcast.multiply(dy, factors)));
  }
}
