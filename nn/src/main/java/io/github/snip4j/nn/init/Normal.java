package io.github.snip4j.nn.init;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Normal values of mean 0, whatever the layer's size: RN of the paper's table 3, which does not say
 * its deviation (TensorFlow's default is 1).
 *
 * @param deviation the standard deviation, positive
 */
public record Normal(double deviation) implements Initializer {
  /** Checks the deviation. */
  public Normal {
    if (!(deviation > 0 && deviation <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "normal: deviation " + deviation + ": expected a positive number");
    }
  }

  @Override
  public Tensor draw(Shape shape, Seed seed) {
    return RandomFill.fill(shape, i -> deviation * seed.normal(i));
  }
}
