package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * The largest element of each window: {@code [C, H, W, N]} to {@code [C, H_out, W_out, N]}, whose
 * sizes {@link PoolSpec#output} gives.
 *
 * @param name as in {@code pool1}
 */
public record MaxPool2d(String name, PoolSpec spec) implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Poolings.max(x, spec);
  }

  @Override
  public LayerSpec describe() {
    return Windows.spec("max-pool2d", name, spec);
  }
}
