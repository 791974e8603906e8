package io.github.snip4j.nn.objective;

import io.github.snip4j.core.tensor.Tensor;

/** Refuses targets that should be probabilities and are not. */
final class Probabilities {
  private static final double ROUNDING = 1e-3;

  private Probabilities() {}

  /**
   * Refuses numbers outside [0, 1].
   *
   * @param targets {@code [..., N]}
   */
  static void check(String objective, Tensor targets) {
    for (int i = 0; i < targets.size(); i++) {
      float t = targets.at(i);
      if (!(t >= 0 && t <= 1)) {
        throw new IllegalArgumentException(
            (objective + ": target " + t + " of example " + i % targets.shape().dim(-1))
                + ": expected a number in [0, 1]");
      }
    }
  }

  /**
   * Refuses columns that do not add up to 1.
   *
   * @param targets {@code [classes, N]}
   */
  static void checkSums(String objective, Tensor targets) {
    int n = targets.shape().dim(1);
    for (int column = 0; column < n; column++) {
      double sum = 0;
      for (int i = column; i < targets.size(); i += n) {
        sum += targets.at(i);
      }
      if (!(Math.abs(sum - 1) <= ROUNDING)) {
        throw new IllegalArgumentException(
            (objective + ": the probabilities of example " + column + " add up to " + sum)
                + ": expected 1");
      }
    }
  }
}
