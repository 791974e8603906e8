package io.github.snip4j.nn.init;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * One value everywhere, whatever the seed.
 *
 * @param value finite
 */
public record Constant(float value) implements Initializer {
  /** Zeros: what biases begin with, as in the paper's code since June 2019. */
  public static final Constant ZEROS = new Constant(0);

  /** Checks the value. */
  public Constant {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("constant: " + value + " is not finite");
    }
  }

  @Override
  public Tensor draw(Shape shape, Seed seed) {
    return Tensor.full(shape, value);
  }
}
