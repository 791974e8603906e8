package io.github.snip4j.snip.rival;

/**
 * KL(log α), how far N(θ, α θ²) is from the log-uniform prior, up to a constant that makes it 0 for
 * α → ∞ [Molchanov, Ashukha, Vetrov, ICML 2017, equation 14]:
 *
 * <p>-KL(log α) ≈ k₁ sigmoid(k₂ + k₃ log α) - ½ log(1 + 1/α) - k₁.
 *
 * <p>It is within 0.0095 of the integral that it stands for, for all log α in [-8, 8].
 */
final class LogUniformDivergence {
  static final double K1 = 0.63576;
  static final double K2 = 1.87320;
  static final double K3 = 1.48695;

  private LogUniformDivergence() {}

  /** KL(log α), from about 0 up. */
  static double of(double logAlpha) {
    return K1 - K1 * sigmoid(K2 + K3 * logAlpha) + 0.5 * Math.log1p(Math.exp(-logAlpha));
  }

  /** Its derivative by log α, from what {@link VariationalWeight} computes for many at once. */
  static float slope(float sigmoidOfLine, float sigmoidOfMinusLogAlpha) {
    float curve = sigmoidOfLine * (1f - sigmoidOfLine);
    return -((float) (K1 * K3) * curve + 0.5f * sigmoidOfMinusLogAlpha);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
