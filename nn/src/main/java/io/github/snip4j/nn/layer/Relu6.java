package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.PiecewiseLinear;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** y = min(max(x, 0), 6), for any shape; source in {@link PiecewiseLinear}. */
public final class Relu6 implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return PiecewiseLinear.relu6(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("relu6");
  }
}
