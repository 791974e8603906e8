package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * The mean of each channel's image, whatever its size: {@code [C, H, W, N]} to {@code [C, N]}.
 *
 * @param name as in {@code pool}
 */
public record GlobalAveragePool(String name) implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Poolings.globalAverage(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("global-average-pool").with("name", name);
  }
}
