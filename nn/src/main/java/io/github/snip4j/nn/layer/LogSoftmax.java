package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Softmaxes;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Pass;

/**
 * Logits to logarithms of probabilities over the first axis, {@code [K, ..., N]}; more exact than
 * the logarithm of {@link Softmax}.
 */
public final class LogSoftmax implements Layer {
  @Override
  public Variable forward(Variable x, Pass pass) {
    return Softmaxes.logSoftmax(x);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("log-softmax");
  }
}
