package io.github.snip4j.snip;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A scope without some layers.
 *
 * @param layers that are kept whole, by name
 */
record ScopeWithout(Scope all, List<String> layers) implements Scope {
  ScopeWithout {
    layers = List.copyOf(layers);
  }

  @Override
  public boolean prunable(Parameter parameter) {
    return all.prunable(parameter) && !layers.contains(parameter.layer());
  }

  @Override
  public void check(Network network) {
    all.check(network);
    Set<String> known = new LinkedHashSet<>();
    network.parameters().stream()
        .filter(p -> p.role().isConnection())
        .forEach(p -> known.add(p.layer()));
    Names.check("scope without", layers, known);
  }
}
