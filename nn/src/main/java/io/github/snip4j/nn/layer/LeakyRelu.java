package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * y = x where {@code x > 0}, else slope x, for any shape [Maas, Hannun, Ng, <i>Rectifier
 * nonlinearities improve neural network acoustic models</i>, 2013].
 *
 * @param slope of y where x is negative, any finite number; 0.01 in that paper and in PyTorch
 */
public record LeakyRelu(float slope) implements Layer {
  /** Checks the slope. */
  public LeakyRelu {
    if (!Float.isFinite(slope)) {
      throw new IllegalArgumentException("leaky relu: slope " + slope + " is not finite");
    }
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return Elementwise.leakyRelu(x, slope);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("leaky-relu").with("slope", slope);
  }
}
