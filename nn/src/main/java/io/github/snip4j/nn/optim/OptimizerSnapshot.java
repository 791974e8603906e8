package io.github.snip4j.nn.optim;

import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an optimiser was at one moment: its rule, its steps, and the state of each connection that
 * existed.
 *
 * @param rule the {@link UpdateRule#description} of the rule, which says what the state means
 * @param steps how many were done
 * @param structures which connections of each parameter existed, by the parameter's name
 * @param state vectors under {@code <parameter>.<k>}, as long as the parameter had values; not
 *     copied
 */
public record OptimizerSnapshot(
    String rule, long steps, Map<String, Structure> structures, Map<String, Tensor> state) {
  public OptimizerSnapshot {
    structures = Collections.unmodifiableMap(new LinkedHashMap<>(structures));
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }
}
