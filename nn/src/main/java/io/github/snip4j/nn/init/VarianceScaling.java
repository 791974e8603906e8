package io.github.snip4j.nn.init;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Random weights of mean 0 and variance scale / fan, so that signals keep their size from layer to
 * layer: what the paper's Algorithm 1 begins with.
 *
 * <p>The fan in of a weight {@code [out, in, kernel axes ...]} is in times the kernel's size, the
 * fan out is out times that.
 *
 * @param scale positive
 */
public record VarianceScaling(double scale, Fan fan, Distribution distribution)
    implements Initializer {
  /** The standard deviation of a standard normal draw cut off at ±2. */
  private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  /** What the variance is divided by. */
  public enum Fan {
    IN,
    OUT,
    AVERAGE
  }

  /** All three have the variance asked for. */
  public enum Distribution {
    NORMAL,
    /** Normal, cut off at two standard deviations. */
    TRUNCATED_NORMAL,
    UNIFORM
  }

  /** Checks the scale. */
  public VarianceScaling {
    if (!(scale > 0 && scale <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "variance scaling: scale " + scale + ": expected a positive number");
    }
  }

  /**
   * Variance 1 / fan in, truncated normal: the default of the paper's own code [LeCun, Bottou, Orr,
   * Müller, <i>Efficient BackProp</i>, 1998].
   */
  public static VarianceScaling lecun() {
    return new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL);
  }

  /**
   * Variance 2 / (fan in + fan out), uniform: the paper's VS-X [Glorot and Bengio, <i>Understanding
   * the difficulty of training deep feedforward neural networks</i>, 2010].
   */
  public static VarianceScaling glorot() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
  }

  /**
   * Variance 2 / fan in, truncated normal: the paper's VS-H [He, Zhang, Ren, Sun, <i>Delving deep
   * into rectifiers</i>, 2015].
   */
  public static VarianceScaling he() {
    return new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL);
  }

  @Override
  public Tensor draw(Shape shape, Seed seed) {
    double deviation = Math.sqrt(scale / fan(shape));
    return RandomFill.fill(shape, i -> deviation * unit(i, seed));
  }

  /** A draw of variance 1. */
  private double unit(int i, Seed seed) {
    return switch (distribution) {
      case NORMAL -> seed.normal(i);
      case TRUNCATED_NORMAL -> seed.truncatedNormal(i) / TRUNCATED_DEVIATION;
      case UNIFORM -> (2 * seed.uniform(i) - 1) * Math.sqrt(3);
    };
  }

  private double fan(Shape shape) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "variance scaling: " + shape + " has no inputs and outputs; expected [out, in, ...]");
    }
    double kernel = 1;
    for (int axis = 2; axis < shape.rank(); axis++) {
      kernel *= shape.dim(axis);
    }
    double in = shape.dim(1) * kernel;
    double out = shape.dim(0) * kernel;
    return Math.max(
        1,
        switch (fan) {
          case IN -> in;
          case OUT -> out;
          case AVERAGE -> (in + out) / 2;
        });
  }
}
