package io.github.snip4j.nn.init;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Normal values of mean 0, drawn again until they lie within two deviations, whatever the layer's
 * size: TN of the paper's table 3, which does not say its deviation (TensorFlow's default is 1).
 *
 * <p>As in TensorFlow the deviation is that before the cut; what is left has 0.88 times that.
 *
 * @param deviation the standard deviation before the cut, positive
 */
public record TruncatedNormal(double deviation) implements Initializer {
  /** Checks the deviation. */
  public TruncatedNormal {
    if (!(deviation > 0 && deviation <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "truncated normal: deviation " + deviation + ": expected a positive number");
    }
  }

  @Override
  public Tensor draw(Shape shape, Seed seed) {
    return RandomFill.fill(shape, i -> deviation * seed.truncatedNormal(i));
  }
}
