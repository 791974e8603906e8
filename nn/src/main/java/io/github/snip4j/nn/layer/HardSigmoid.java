package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.PiecewiseLinear;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** y = min(max(x + 3, 0), 6) / 6, for any shape. */
public final class HardSigmoid implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return PiecewiseLinear.hardSigmoid(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("hard-sigmoid");
  }
}
