package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** All axes but the batch in one: {@code [C, H, W, N]} becomes {@code [C H W, N]}. */
public final class Flatten implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException("flatten: input []: expected [..., N]");
    }
    return Shapes.reshape(x, Shape.of(x.shape().dropLast().size(), x.shape().dim(-1)));
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("flatten");
  }
}
