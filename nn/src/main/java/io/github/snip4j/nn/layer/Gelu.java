package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * y = x Φ(x), Φ the standard normal distribution, for any shape [Hendrycks, Gimpel, <i>Gaussian
 * error linear units</i>, 2016]. PyTorch's default, not the form with tanh.
 */
public final class Gelu implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Elementwise.gelu(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("gelu");
  }
}
