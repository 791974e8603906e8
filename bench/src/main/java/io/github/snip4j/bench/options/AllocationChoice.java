package io.github.snip4j.bench.options;

import io.github.snip4j.snip.Allocation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How what is kept is shared out among the layers, in a word: {@code global}, {@code uniform},
 * {@code erk}, {@code fan-in}, or the densities of all layers, as in {@code
 * fc1=0.03,fc2=0.17,fc3=0.56}.
 */
public final class AllocationChoice {
  /** One ranking for the whole network. */
  public static final String GLOBAL = "global";

  private static final String FIELD = "allocation";

  private AllocationChoice() {}

  /**
   * The allocation of this word.
   *
   * @throws OptionException if there is none
   */
  public static Allocation of(String word) {
    return switch (word) {
      case GLOBAL -> Allocation.global();
      case "uniform" -> Allocation.uniform();
      case "erk" -> Allocation.erdosRenyiKernel();
      case "fan-in" -> Allocation.constantFanIn();
      default -> Allocation.perLayer(densities(word));
    };
  }

  private static Map<String, Double> densities(String word) {
    Map<String, Double> densities = new LinkedHashMap<>();
    for (String pair : word.split(",", -1)) {
      int at = pair.indexOf('=');
      try {
        String layer = pair.substring(0, Math.max(0, at));
        if (densities.put(layer, Double.valueOf(pair.substring(at + 1))) != null) {
          throw new OptionException(
              "%s %s: names %s twice", OptionException.field(FIELD), word, layer);
        }
      } catch (NumberFormatException e) {
        throw new OptionException(
            "%s %s: expected global, uniform, erk, fan-in, or a density for each layer, as in"
                + " fc1=0.03,fc2=0.17,fc3=0.56",
            OptionException.field(FIELD), word);
      }
    }
    return densities;
  }
}
