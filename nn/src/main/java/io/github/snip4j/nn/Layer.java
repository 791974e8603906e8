package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import java.util.List;
import java.util.function.UnaryOperator;

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
   * @param pass gives each parameter as a weight to multiply by, {@link Pass#weight}, or as a
   *     variable, {@link Pass#variable}
   * @throws IllegalArgumentException if the input has a shape this layer does not take
   */
  Variable forward(Variable x, Pass pass);

  /** The name, unique within a network: {@code conv1}. Empty for what needs none, like ReLU. */
  default String name() {
    return "";
  }

  /** The parameters in a fixed order; none by default. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * A copy of this layer on other parameters and on buffers of its own.
   *
   * @param change what each of the {@link #parameters} becomes
   * @throws UnsupportedOperationException by default, of a layer that has parameters or buffers and
   *     does not say how
   */
  default Layer on(UnaryOperator<Parameter> change) {
    if (parameters().isEmpty() && buffers().isEmpty()) {
      return this;
    }
    throw new UnsupportedOperationException(
        (getClass().getSimpleName() + " " + name()).strip()
            + ": implement 'on' to copy or to prune it");
  }

  /** What else it remembers, in a fixed order; nothing by default. */
  default List<Buffer> buffers() {
    return List.of();
  }

  /**
   * What it is, apart from the values of its parameters, so that a file can hold it. A layer of
   * one's own is described by the name of its class, and is made again by the {@link LayerMaker}
   * that {@link NetworkFile#read} is given; one with numbers of its own says them here, under a
   * kind that no layer of the engine has.
   */
  default LayerSpec describe() {
    String name = getClass().getName();
    return LayerSpec.of(getClass().isHidden() ? name.replaceAll("/.*", "") : name); // a lambda
  }
}
