package io.github.snip4j.snip;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Storage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a network that computes with what is kept alone. The masks are known before training, so
 * all of training, not only what comes after it, takes the time and the memory of the connections
 * that are left.
 *
 * <p>The new network has the same behaviour, parameters under the same names, and copies of their
 * kept values. Each weight is stored as it is computed faster for its shape and density, as {@link
 * Storage#fasterFor} predicts: a function of these alone, so that the bits do not depend on the
 * machine.
 */
public final class Sparsifier {
  private Sparsifier() {}

  /**
   * The network without what the masks prune. Masks are chosen among the connections that the
   * network has; one that it does not have any more would begin at 0.
   *
   * @throws IllegalArgumentException if they are not masks of this network
   */
  public static Network compile(Network network, Masks masks) {
    return network.restructured(masks.byName());
  }

  /** How each weight is stored by {@link #compile}, by parameter name. */
  public static Map<String, Storage> storage(Map<String, Mask> masks) {
    Map<String, Storage> storage = new LinkedHashMap<>();
    masks.forEach((name, mask) -> storage.put(name, Storage.fasterFor(mask)));
    return storage;
  }

  /**
   * The network with zeros where it is pruned, to export or to compare. It does not know any more
   * what was pruned: a pruner may keep such a weight again.
   */
  public static Network toDense(Network network) {
    return network.on(Parameter::unpruned);
  }
}
