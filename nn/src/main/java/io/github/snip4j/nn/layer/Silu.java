package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Swishes;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** y = x / (1 + e<sup>-x</sup>), also called swish, for any shape; source in {@link Swishes}. */
public final class Silu implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Swishes.silu(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("silu");
  }
}
