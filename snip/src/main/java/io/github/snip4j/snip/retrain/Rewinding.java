package io.github.snip4j.snip.retrain;

import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Parameter;
import java.util.Map;
import java.util.Objects;

/**
 * What a network's weights were at some step of its training: pruned networks begin again from
 * there [Frankle, Carbin, <i>The lottery ticket hypothesis</i>, ICLR 2019, from the first step;
 * Frankle, Dziugaite, Roy, Carbin, <i>Linear mode connectivity and the lottery ticket
 * hypothesis</i>, ICML 2020, from an early one]. The other kind of rewinding, of the learning rate
 * alone, is a schedule that begins again [Renda, Frankle, Carbin, <i>Comparing rewinding and
 * fine-tuning in neural network pruning</i>, ICLR 2020].
 */
public final class Rewinding {
  private final NetworkSnapshot then;

  private Rewinding(NetworkSnapshot then) {
    this.then = then;
  }

  /** To the network as it is now; copied. */
  public static Rewinding to(Network network) {
    return new Rewinding(network.snapshot());
  }

  /**
   * Sets what exists of the network's parameters, and its buffers, to what they were. What exists
   * is not changed; a connection that did not exist then becomes 0.
   *
   * @throws IllegalArgumentException if it is another network
   */
  public void apply(Network network) {
    Map<String, Tensor> state = network.state();
    Map<String, Tensor> values = then.values();
    if (!state.keySet().equals(values.keySet())) {
      throw new IllegalArgumentException(
          "rewinding: " + network.name() + " has " + state.keySet() + ", not " + values.keySet());
    }
    for (Parameter p : network.parameters()) {
      Structure before = Objects.requireNonNull(then.structures().get(p.name()));
      Tensor value = Objects.requireNonNull(values.get(p.name()));
      p.value().copyFrom(p.structure().carriedOver(before, value));
      p.changed();
    }
    state.forEach(
        (name, value) -> {
          if (!then.structures().containsKey(name)) {
            value.copyFrom(Objects.requireNonNull(values.get(name)));
          }
        });
  }
}
