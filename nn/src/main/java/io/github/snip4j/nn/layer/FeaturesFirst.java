package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * A sequence with its features as the first axis: {@code [T, F, N]} becomes {@code [F, T, N]}, as
 * an objective takes it that has a label for each time step.
 */
public final class FeaturesFirst implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    if (x.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "features first: input " + x.shape() + ": expected [T, F, N]");
    }
    return Shapes.transpose(x, 0, 1);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("features-first");
  }
}
