package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;

/** Whether the layers of a network fit together: computes a batch without examples. */
final class SizeCheck {
  private SizeCheck() {}

  /**
   * Checks a network.
   *
   * @throws IllegalArgumentException if a layer does not take what the one before it gives, or
   *     other outputs come out than the network says
   */
  static void of(Network network) {
    try {
      compute(network, 0); // shapes without work
    } catch (RuntimeException e) { // is told of one example, or is that there are none
      try {
        compute(network, 1);
      } catch (LayerException wrong) {
        throw new IllegalArgumentException(network.name() + ": " + wrong.getMessage(), wrong);
      }
    }
  }

  private static void compute(Network network, int examples) {
    Tensor x = Tensor.zeros(network.input().append(examples));
    network.forward(Variable.constant(x), Pass.evaluation());
  }
}
