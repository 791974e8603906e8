package io.github.snip4j.bench.result;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many numbers a parameter, or a whole layer, has, and how many of them pruning left.
 *
 * @param name of the parameter, or of the layer
 * @param role {@code weight} or {@code bias}; {@code all} for a layer
 * @param scored whether its numbers are connections; if not, all are kept
 */
public record KeptCount(String name, String role, boolean scored, int size, int kept) {
  private static final String ALL = "all";

  /**
   * One for each weight and bias, in the network's order; what batch norms learn is not counted.
   */
  public static List<KeptCount> of(Network network, Map<String, Mask> masks) {
    List<KeptCount> counts = new ArrayList<>();
    for (Parameter p : network.parameters()) {
      if (!p.role().isConnection()) {
        continue;
      }
      Mask mask = masks.get(p.name());
      String role = p.role() == Parameter.Role.BIAS ? "bias" : "weight";
      int kept = mask == null ? p.structure().count() : mask.kept();
      counts.add(new KeptCount(p.name(), role, mask != null, p.size(), kept));
    }
    return counts;
  }

  /** The counts of parameters, added up by layer. */
  public static List<KeptCount> perLayer(List<KeptCount> parameters) {
    Map<String, KeptCount> layers = new LinkedHashMap<>();
    for (KeptCount p : parameters) {
      layers.merge(p.layer(), p, (a, b) -> a.plus(b, p.layer()));
    }
    List<KeptCount> rows = new ArrayList<>();
    layers.forEach(
        (layer, sum) -> rows.add(new KeptCount(layer, ALL, sum.scored, sum.size, sum.kept)));
    return rows;
  }

  /** All of them added up. */
  public static KeptCount total(List<KeptCount> counts) {
    return counts.stream().reduce(new KeptCount(ALL, ALL, false, 0, 0), (a, b) -> a.plus(b, ALL));
  }

  private KeptCount plus(KeptCount other, String sum) {
    return new KeptCount(sum, ALL, scored || other.scored, size + other.size, kept + other.kept);
  }

  private String layer() {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** kept / size. */
  public double density() {
    return (double) kept / size;
  }
}
