package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether the layers of a network fit together, and are what they say they are: computes a batch
 * without examples.
 */
final class SizeCheck {
  private SizeCheck() {}

  /**
   * Checks a network.
   *
   * @throws IllegalArgumentException if a layer does not take what the one before it gives, or
   *     other outputs come out than the network says, or a layer is not what it says it is
   */
  static void of(Network network) {
    Set<Layer> layers = Collections.newSetFromMap(new IdentityHashMap<>());
    try {
      compute(network, 0, layers); // shapes without work
    } catch (RuntimeException e) { // is told of one example, or is that there are none
      try {
        compute(network, 1, layers);
      } catch (LayerException wrong) {
        throw new IllegalArgumentException(network.name() + ": " + wrong.getMessage(), wrong);
      }
    }
    layers.forEach(LayerKinds::check);
  }

  private static void compute(Network network, int examples, Set<Layer> layers) {
    Tensor x = Tensor.zeros(network.input().append(examples));
    Pass pass = Pass.evaluation().watchedBy((layer, in, out) -> layers.add(layer));
    network.forward(Variable.constant(x), pass);
  }
}
