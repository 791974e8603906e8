package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** What a sequence ends with: {@code [T, H, N]} becomes {@code [H, N]}. */
public final class LastTimeStep implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    if (x.shape().rank() != 3 || x.shape().dim(0) == 0) {
      throw new IllegalArgumentException(
          "last step: input " + x.shape() + ": expected [T, H, N], T at least 1");
    }
    int steps = x.shape().dim(0);
    Variable last = Shapes.slice(x, 0, steps - 1, steps);
    return Shapes.reshape(last, Shape.of(x.shape().dim(1), x.shape().dim(2)));
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("last-time-step");
  }
}
