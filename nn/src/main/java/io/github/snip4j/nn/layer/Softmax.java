package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Softmaxes;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * Logits to probabilities over the first axis, {@code [K, ..., N]}; formula in {@link
 * io.github.snip4j.core.internal.kernel.SoftmaxKernel}.
 *
 * <p>Not for the end of a {@link io.github.snip4j.nn.Network}, whose loss takes the logits
 * themselves.
 */
public final class Softmax implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Softmaxes.softmax(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("softmax");
  }
}
