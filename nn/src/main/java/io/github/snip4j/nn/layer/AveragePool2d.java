package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * The mean of each window: {@code [C, H, W, N]} to {@code [C, H_out, W_out, N]}, whose sizes {@link
 * PoolSpec#output} gives.
 *
 * @param name as in {@code pool1}
 * @param countPadding whether padding counts as elements that are 0 (PyTorch's default), or not at
 *     all (TensorFlow's)
 */
public record AveragePool2d(String name, PoolSpec spec, boolean countPadding) implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Poolings.average(x, spec, countPadding);
  }

  @Override
  public LayerSpec describe() {
    return Windows.spec("average-pool2d", name, spec).with("countPadding", countPadding);
  }
}
