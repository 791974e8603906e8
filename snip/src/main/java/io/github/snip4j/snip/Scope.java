package io.github.snip4j.snip;

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
   * The same without some layers, which are kept whole.
   *
   * @param layers names, as in {@code fc3}
   */
  default Scope without(List<String> layers) {
    return parameter -> prunable(parameter) && !layers.contains(parameter.layer());
  }
}
