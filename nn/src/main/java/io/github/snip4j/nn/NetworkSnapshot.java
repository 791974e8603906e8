package io.github.snip4j.nn;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a network was at one moment: which connections existed, the values that they had, and the
 * buffers. Two masks of one size have values of one shape, so neither says anything without the
 * other.
 *
 * @param structures of the parameters, by name
 * @param values of the parameters, each of its structure's {@link Structure#valuesShape}, and of
 *     the buffers, by name; the tensors are not copied
 */
public record NetworkSnapshot(Map<String, Structure> structures, Map<String, Tensor> values) {
  /**
   * @throws IllegalArgumentException if the values of a parameter are missing, or are not as many
   *     as exist in its structure
   */
  public NetworkSnapshot {
    structures = Collections.unmodifiableMap(new LinkedHashMap<>(structures));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    for (Map.Entry<String, Structure> parameter : structures.entrySet()) {
      Tensor value = values.get(parameter.getKey());
      if (value == null) {
        throw new IllegalArgumentException(
            "snapshot: there are no values of " + parameter.getKey() + ": expected some");
      }
      parameter.getValue().checkValues("snapshot of " + parameter.getKey(), value);
    }
  }

  /** What was kept of each parameter that was pruned, by name. */
  public Map<String, Mask> masks() {
    return masks(structures);
  }

  static Map<String, Mask> masks(Map<String, Structure> structures) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    structures.forEach(
        (name, structure) -> {
          if (!structure.isWhole()) {
            masks.put(name, Mask.of(structure));
          }
        });
    return masks;
  }

  /** Refuses a network that has what is not here, or has it in another shape. */
  void checkShapes(Network network) {
    for (Parameter parameter : network.parameters()) {
      Structure then = structures.get(parameter.name());
      checkShape(network, parameter.name(), then == null ? null : then.shape(), parameter.shape());
    }
    network
        .state()
        .forEach(
            (name, value) -> {
              Tensor then = values.get(name);
              if (!structures.containsKey(name)) { // a buffer
                checkShape(network, name, then == null ? null : then.shape(), value.shape());
              }
            });
  }

  private static void checkShape(
      Network network, String name, @Nullable Shape then, Shape expected) {
    if (!expected.equals(then)) {
      throw new IllegalArgumentException(
          (network.name() + ": the snapshot has " + (then == null ? "no " + name : name + then))
              + (": expected " + name + expected));
    }
  }
}
