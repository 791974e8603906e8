package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import java.util.List;

/**
 * A part of a network: a function of its input and its parameters. A layer that consists of others
 * asks the pass for their outputs, {@link Pass#through}.
 */
@FunctionalInterface
public interface Layer {
  /**
   * The output.
   *
   * @param x the batch is the last axis
   * @param pass gives each parameter as a variable of the graph
   * @throws IllegalArgumentException if the input has a shape this layer does not take
   */
  Variable forward(Variable x, Pass pass);

  /** As in {@code conv1}, unique within a network; empty for what needs none, like ReLU. */
  default String name() {
    return "";
  }

  /** The parameters in a fixed order; none by default. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** What else it remembers, in a fixed order; nothing by default. */
  default List<Buffer> buffers() {
    return List.of();
  }
}
