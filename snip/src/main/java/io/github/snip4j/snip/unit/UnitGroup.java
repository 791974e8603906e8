package io.github.snip4j.snip.unit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Units that are numbered alike in one or several layers: unit u of each goes or stays together.
 * Made by {@link Units}; equal only to itself.
 */
public final class UnitGroup {
  private final int units;
  private final List<Slice> slices = new ArrayList<>();
  private final List<String> layers = new ArrayList<>();
  private boolean fixed;
  private UnitGroup tiedTo = this; // the group that its units belong to, once they were tied to it

  UnitGroup(int units, boolean fixed) {
    this.units = units;
    this.fixed = fixed;
  }

  void add(String layer, Slice slice) {
    if (slice.axis() == 0 && !layers.contains(layer)) {
      layers.add(layer);
    }
    slices.add(slice);
  }

  /** The group that these units belong to: this one, unless they were tied to another. */
  UnitGroup root() {
    return tiedTo == this ? this : tiedTo.root();
  }

  void takeOver(UnitGroup other) {
    other.tiedTo = this;
    slices.addAll(other.slices);
    for (String layer : other.layers) {
      if (!layers.contains(layer)) {
        layers.add(layer);
      }
    }
    fixed |= other.fixed;
  }

  void fix() {
    fixed = true;
  }

  /** How many units there are. */
  public int units() {
    return units;
  }

  /** The layers whose outputs they are, in the network's order. */
  public List<String> layers() {
    return Collections.unmodifiableList(layers);
  }

  /** Whether all of them stay: inputs and outputs of the network. */
  boolean isFixed() {
    return fixed;
  }

  List<Slice> slices() {
    return slices;
  }

  /** The number of units and their layers, as in {@code 300 units of fc1}. */
  @Override
  public String toString() {
    return units + " units of " + String.join(", ", layers);
  }
}
