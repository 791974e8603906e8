package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which connections existed at some time: how much of a network a training has explored. */
final class EverAlive {
  private final Map<String, BitSet> byName = new LinkedHashMap<>();
  private int count;

  /** Begins with the connections that exist now. */
  EverAlive(List<Parameter> parameters) {
    parameters.forEach(p -> add(p, p.structure().positions()));
  }

  void add(Parameter parameter, int... positions) {
    BitSet alive = of(parameter);
    for (int position : positions) {
      if (!alive.get(position)) {
        alive.set(position);
        count++;
      }
    }
  }

  private BitSet of(Parameter parameter) {
    return byName.computeIfAbsent(parameter.name(), name -> new BitSet(parameter.size()));
  }

  /** How many connections existed at some time. */
  int count() {
    return count;
  }

  /** The connections that existed at some time, as masks by parameter name. */
  Map<String, Mask> masks(List<Parameter> parameters) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      int[] positions = of(parameter).stream().toArray();
      masks.put(parameter.name(), Mask.of(Structure.of(parameter.shape(), positions)));
    }
    return masks;
  }

  /** Refuses masks of other parameters, and those that lack a connection which exists now. */
  void check(List<Parameter> parameters, Map<String, Mask> masks) {
    for (Parameter parameter : parameters) {
      Mask mask = masks.get(parameter.name());
      if (mask == null || !mask.shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            ("moving connections: the state says " + (mask == null ? "nothing" : mask.shape()))
                + (" of which connections of " + parameter + " ever existed:")
                + " expected the state of a training of this network");
      }
      for (int position : parameter.structure().positions()) {
        if (!mask.keeps(position)) {
          throw new IllegalArgumentException(
              ("moving connections: the state says that position " + position + " of " + parameter)
                  + " never had a connection, which exists: expected the state of this step");
        }
      }
    }
    if (masks.size() != parameters.size()) {
      throw new IllegalArgumentException(
          ("moving connections: the state is of " + masks.keySet() + ": expected that of ")
              + parameters);
    }
  }

  /** Sets these to masks that were {@link #check checked}. */
  void restore(List<Parameter> parameters, Map<String, Mask> masks) {
    byName.clear();
    count = 0;
    for (Parameter parameter : parameters) {
      Mask mask = masks.get(parameter.name());
      if (mask != null) {
        add(parameter, mask.keptPositions());
      }
    }
  }
}
