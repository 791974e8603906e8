package io.github.snip4j.nn.optim;

import java.util.Arrays;

/** The learning rate of each step. */
@FunctionalInterface
public interface Schedule {
  /** The rate of a step, from 0 on. */
  double at(long step);

  /** One rate for ever. */
  static Schedule constant(double rate) {
    return step -> rate;
  }

  /**
   * A rate that is multiplied by a factor at each boundary.
   *
   * @param boundaries the steps from which on the next rate holds, ascending
   * @param rate of the first steps, at least 0
   * @throws IllegalArgumentException if the rate is negative or the boundaries do not ascend
   */
  static Schedule piecewise(double rate, double factor, long... boundaries) {
    if (!(rate >= 0)) {
      throw new IllegalArgumentException("piecewise: rate " + rate + " is negative");
    }
    for (int i = 1; i < boundaries.length; i++) {
      if (boundaries[i] < boundaries[i - 1]) {
        throw new IllegalArgumentException(
            "piecewise: boundaries " + Arrays.toString(boundaries) + " do not ascend");
      }
    }
    long[] ascending = boundaries.clone();
    return step -> {
      double current = rate;
      for (long boundary : ascending) {
        current = step >= boundary ? current * factor : current;
      }
      return current;
    };
  }
}
