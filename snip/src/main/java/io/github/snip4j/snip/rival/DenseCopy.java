package io.github.snip4j.snip.rival;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.diagnosis.CollapsedException;

/** Where a rival begins and ends that trains all weights and prunes in the end. */
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
        throw new CollapsedException(
            (rival + ": " + p + " of " + network.name() + " is pruned already:")
                + " expected a network all of whose connections exist");
      }
    }
    return network.on(Parameter::copy);
  }

  /**
   * The network with what is left.
   *
   * @param rival what the message begins with
   * @param advice what would leave more, as the message says it
   * @throws IllegalArgumentException if nothing is left
   */
  static Network pruned(String rival, Network network, Masks left, String advice) {
    if (left.kept() == 0) {
      throw new IllegalArgumentException(
          (rival + ": none of the connections of " + network.name() + " is left: expected ")
              + advice);
    }
    return Sparsifier.compile(network, left);
  }
}
