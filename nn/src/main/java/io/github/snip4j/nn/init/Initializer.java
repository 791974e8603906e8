package io.github.snip4j.nn.init;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Draws the first values of a weight. */
@FunctionalInterface
public interface Initializer {
  /**
   * A new tensor, a pure function of shape and seed.
   *
   * @param shape {@code [out, in]} or {@code [out, in, kernel axes ...]}
   */
  Tensor draw(Shape shape, Seed seed);
}
