package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Swishes;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** y = x min(max(x + 3, 0), 6) / 6, for any shape; source in {@link Swishes}. */
public final class HardSwish implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Swishes.hardSwish(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("hard-swish");
  }
}
