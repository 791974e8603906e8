package io.github.snip4j.snip.rival;

/**
 * How dynamic network surgery treats one layer. The defaults are those of the authors' code.
 *
 * @param c how many standard deviations above the mean the threshold of |w| lies; may be negative
 * @param gamma γ of the probability (1 + γ t)^-power that the layer is revised at step t, at least
 *     0
 * @param power of the same, at least 0
 * @param stop the step from which on the layer is never revised, at least 1
 */
public record Surgery(double c, double gamma, double power, long stop) {
  /** What the authors' code takes for fully connected layers: c = 3, up to step 8,000. */
  public static final Surgery LINEAR = new Surgery(3, 0.001, 1, 8_000);

  /** What the authors' code takes for convolutions: c = 3, up to step 10,000. */
  public static final Surgery CONVOLUTION = new Surgery(3, 0.001, 1, 10_000);

  /** Checks the ranges. */
  public Surgery {
    boolean decreases = gamma >= 0 && power >= 0 && gamma + power <= Double.MAX_VALUE;
    if (!(Double.isFinite(c) && decreases && stop >= 1)) {
      throw new IllegalArgumentException(
          ("surgery: c " + c + ", gamma " + gamma + ", power " + power + ", stop " + stop)
              + ": expected finite numbers, gamma and power of 0 or more, and a stop of 1 or more");
    }
  }

  /** This with another c. */
  public Surgery withC(double other) {
    return new Surgery(other, gamma, power, stop);
  }

  /** This up to another step. */
  public Surgery until(long other) {
    return new Surgery(c, gamma, power, other);
  }

  /** The probability that the layer is revised at a step, from 0 on. */
  double probability(long step) {
    return step >= stop ? 0 : StrictMath.pow(1 + gamma * step, -power);
  }
}
