package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operators of ONNX that are understood, by name. */
final class Operators {
  private static final Map<String, Operator> ALL = all();

  private Operators() {}

  /** Reads a node of one operator. */
  @FunctionalInterface
  interface Operator {
    /**
     * Says what the outputs of the node are.
     *
     * @throws BadFileException if it asks for what is not understood
     * @throws IllegalArgumentException likewise
     */
    void read(Use use) throws BadFileException;
  }

  /** Null if it is not understood. */
  static @Nullable Operator named(String name) {
    return ALL.get(name);
  }

  /** Their names, in order. */
  static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  private static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    Constants.addTo(all);
    Axes.addTo(all);
    Reshapes.addTo(all);
    Cuts.addTo(all);
    Joins.addTo(all);
    Arithmetics.addTo(all);
    Elements.addTo(all);
    Matrices.addTo(all);
    Convs.addTo(all);
    Norms.addTo(all);
    Pools.addTo(all);
    Sums.addTo(all);
    Probabilities.addTo(all);
    Cells.addTo(all);
    return Map.copyOf(all);
  }
}
