package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import java.util.List;

/** A part of a network: a function of its input and its parameters. */
public interface Layer {
  /**
   * The output.
   *
   * @param x the batch is the last axis
   * @param pass gives each parameter as a variable of the graph
   * @throws IllegalArgumentException if the input has a shape this layer does not take
   */
  Variable forward(Variable x, Pass pass);

  /** The parameters in a fixed order; none by default. */
  default List<Parameter> parameters() {
    return List.of();
  }
}
