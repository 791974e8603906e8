package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Shape;

/** The same elements in another arrangement. */
public final class Shapes {
  private Shapes() {}

  /**
   * The elements of x in order, under another shape.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Variable reshape(Variable x, Shape to) {
    return Variable.of(x.value().reshape(to), x.pull(dy -> dy.reshape(x.shape())));
  }
}
