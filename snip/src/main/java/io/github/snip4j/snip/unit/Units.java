package io.github.snip4j.snip.unit;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.List;

/** Which units a network has, which of them belong together, and where their numbers are. */
public final class Units {
  private final Network network;
  private final List<UnitGroup> groups;
  private final List<Arithmetic> arithmetic;

  private Units(Network network, UnitWalk walk) {
    this.network = network;
    this.groups = List.copyOf(walk.groups());
    this.arithmetic = List.copyOf(walk.arithmetic());
  }

  /**
   * The units of a network.
   *
   * @throws IllegalArgumentException if it has layers that are not followed, or is pruned
   */
  public static Units of(Network network) {
    for (Parameter p : network.parameters()) {
      if (p.isPruned()) {
        throw new IllegalArgumentException(
            ("units: " + p + " is pruned: expected a whole network; prune single connections after")
                + " units, of what is left");
      }
    }
    UnitWalk walk = new UnitWalk();
    walk.walk(network);
    return new Units(network, walk);
  }

  Network network() {
    return network;
  }

  List<Arithmetic> arithmetic() {
    return arithmetic;
  }

  /** The groups whose units may go, in the network's order. */
  public List<UnitGroup> groups() {
    return groups.stream().filter(group -> !group.isFixed()).toList();
  }

  /** How many units may go, if one of each group is kept. */
  public int count() {
    return groups().stream().mapToInt(UnitGroup::units).sum();
  }

  /** The multiply-adds of one example in linear layers, convolutions and recurrent cells. */
  public long multiplyAdds() {
    return arithmetic.stream().mapToLong(a -> (long) a.shape().size() * a.positions()).sum();
  }
}
