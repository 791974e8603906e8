package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/** y = max(x, 0), for any shape. */
public final class Relu implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Elementwise.relu(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("relu");
  }
}
