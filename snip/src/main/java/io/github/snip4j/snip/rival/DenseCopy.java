package io.github.snip4j.snip.rival;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;

/** Copies of networks that nothing was pruned from. */
final class DenseCopy {
  private DenseCopy() {}

  /**
   * A copy to train.
   *
   * @param rival what the message begins with
   * @throws IllegalArgumentException if a parameter is pruned
   */
  static Network of(String rival, Network network) {
    for (Parameter p : network.parameters()) {
      if (p.isPruned()) {
        throw new IllegalArgumentException(
            (rival + ": " + p + " of " + network.name() + " is pruned already:")
                + " expected a network all of whose connections exist");
      }
    }
    return network.on(Parameter::copy);
  }
}
