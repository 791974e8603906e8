package io.github.snip4j.nn.optim;

import java.util.Arrays;

/** The learning rate of each step. Schedules are put together: a warm-up has one to go over to. */
@FunctionalInterface
public interface Schedule {
  /** The rate of a step, from 0 on. */
  double at(long step);

  /**
   * One rate for ever.
   *
   * @param rate at least 0
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  static Schedule constant(double rate) {
    if (!isRate(rate)) {
      throw new IllegalArgumentException("constant: rate " + rate + ": expected at least 0");
    }
    return step -> rate;
  }

  /** Whether training can use it: 0 or more, not infinite, not NaN. */
  private static boolean isRate(double rate) {
    return rate >= 0 && rate <= Double.MAX_VALUE;
  }

  /**
   * A rate that is multiplied by a factor at each boundary.
   *
   * @param rate of the first steps, at least 0
   * @param factor at least 0
   * @param boundaries the steps from which on the next rate holds, from 0 on, ascending
   * @throws IllegalArgumentException if rate or factor is negative, infinite or NaN, or the
   *     boundaries do not ascend
   */
  static Schedule piecewise(double rate, double factor, long... boundaries) {
    if (!(isRate(rate) && isRate(factor))) {
      throw new IllegalArgumentException(
          "piecewise: rate " + rate + ", factor " + factor + ": expected at least 0 and 0");
    }
    for (int i = 0; i < boundaries.length; i++) {
      if (boundaries[i] < (i == 0 ? 0 : boundaries[i - 1])) {
        throw new IllegalArgumentException(
            ("piecewise: boundaries " + Arrays.toString(boundaries))
                + ": expected steps from 0 on, ascending");
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

  /**
   * A rate that is multiplied by a factor again and again: rate factor<sup>floor(step /
   * interval)</sup>.
   *
   * @throws IllegalArgumentException if rate or factor is negative, or the interval not positive
   */
  static Schedule step(double rate, double factor, long interval) {
    if (!(isRate(rate) && isRate(factor) && interval >= 1)) {
      throw new IllegalArgumentException(
          ("step: rate " + rate + ", factor " + factor + ", interval " + interval)
              + ": expected at least 0, 0 and 1");
    }
    return step -> {
      long times = step / interval;
      return rate * StrictMath.pow(factor, (double) times);
    };
  }

  /**
   * Half a cosine wave from one rate to another, which holds from then on: last + (first - last) (1
   * + cos(π step / steps)) / 2 [Loshchilov and Hutter, <i>SGDR</i>, ICLR 2017, equation 5, without
   * restarts].
   *
   * @param steps how many it takes, at least 1
   * @throws IllegalArgumentException if a rate is negative or there are no steps
   */
  static Schedule cosine(double first, double last, long steps) {
    if (!(isRate(first) && isRate(last) && steps >= 1)) {
      throw new IllegalArgumentException(
          ("cosine: from " + first + " to " + last + " in " + steps + " steps")
              + ": expected at least 0, 0 and 1");
    }
    return step -> {
      double done = (double) Math.min(step, steps) / steps;
      return last + (first - last) * (1 + StrictMath.cos(Math.PI * done)) / 2;
    };
  }

  /**
   * This schedule after a warm-up: its first rate is approached in equal parts, 1/steps of it at
   * step 0, and reached at the last step of the warm-up. Then this schedule begins at its step 0
   * [Goyal et al., <i>Accurate, large minibatch SGD</i>, 2017, section 2.2].
   *
   * @param steps how many, at least 0
   * @throws IllegalArgumentException if that is negative
   */
  default Schedule afterWarmUp(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("warm-up: " + steps + " steps is negative");
    }
    return step -> step < steps ? at(0) * (step + 1) / steps : at(step - steps);
  }
}
