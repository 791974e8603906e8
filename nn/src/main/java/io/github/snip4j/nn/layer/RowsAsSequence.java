package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** A picture as a sequence, row by row: {@code [1, H, W, N]} becomes {@code [T = H, F = W, N]}. */
public final class RowsAsSequence implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    Shape shape = x.shape();
    if (shape.rank() != 4 || shape.dim(0) != 1) {
      throw new IllegalArgumentException("rows: input " + shape + ": expected [1, H, W, N]");
    }
    return Shapes.reshape(x, Shape.of(shape.dim(1), shape.dim(2), shape.dim(3)));
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("rows-as-sequence");
  }
}
