package io.github.snip4j.snip;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.List;

/**
 * Which parameters' numbers are connections: those are counted in m, scored and pruned. All others
 * are left as they are, and trained.
 */
@FunctionalInterface
public interface Scope {
  /** Whether the numbers of this parameter are connections. */
  boolean prunable(Parameter parameter);

  /**
   * Refuses a network that the scope cannot be meant for; takes any by default.
   *
   * @throws IllegalArgumentException if it names layers that the network does not have
   */
  default void check(Network network) {}

  /**
   * This scope without some layers, which are kept whole.
   *
   * @param layers names, as in {@code fc3}; {@link Connections#of} refuses those that a network
   *     does not have
   */
  default Scope without(List<String> layers) {
    return new ScopeWithout(this, layers);
  }
}
