package io.github.snip4j.bench.run;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many numbers a layer has, and how many of them pruning left.
 *
 * @param parameters weights and biases
 * @param kept those that are not masked; parameters that have no mask are kept whole
 * @param density kept / parameters
 */
public record LayerCount(String layer, int parameters, int kept, double density) {
  /** One row per layer, in the network's order. */
  public static List<LayerCount> of(Network network, Map<String, Mask> masks) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      int[] count = counts.computeIfAbsent(parameter.layer(), layer -> new int[2]);
      Mask mask = masks.get(parameter.name());
      count[0] += parameter.size();
      count[1] += mask == null ? parameter.size() : mask.kept();
    }
    List<LayerCount> rows = new ArrayList<>();
    counts.forEach((layer, c) -> rows.add(new LayerCount(layer, c[0], c[1], (double) c[1] / c[0])));
    return rows;
  }
}
