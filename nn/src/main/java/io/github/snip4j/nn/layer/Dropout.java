package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Stochastic;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * Inverted dropout, for any shape: in training, each element is 0 with probability {@code rate},
 * else divided by 1 - rate; in evaluation y = x. Source in {@link
 * io.github.snip4j.core.internal.kernel.DropoutFactors}.
 *
 * <p>Which elements is a pure function of the pass's seed, of this layer's name and of their
 * position: a training that is resumed draws what an uninterrupted one would have drawn.
 *
 * @param name as in {@code drop1}, unique within a network
 * @param rate in [0, 1)
 */
public record Dropout(String name, double rate) implements Layer {
  /** Checks the range. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(name + ": dropout: rate " + rate + " is not in [0, 1)");
    }
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return pass.mode() == Pass.Mode.EVALUATE ? x : Stochastic.dropout(x, rate, pass.draws(name));
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("dropout").with("name", name).with("rate", rate);
  }
}
