package io.github.snip4j.snip.rival;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import java.util.Arrays;

/**
 * The values that weights become in the end: each the mean of the component that has most probably
 * given it. The first is 0, and a weight of it is pruned.
 *
 * <p>Components are merged first whose divergence KL(N<sub>i</sub>, N<sub>j</sub>) +
 * KL(N<sub>j</sub>, N<sub>i</sub>) is below 1e-10: proportions add up, mean and variance are those
 * of both together, but for the mean of component 0, which stays.
 */
final class SharedValues {
  private static final double SAME = 1e-10;

  final double[] mean;
  final double[] precision;
  final double[] proportion;

  private SharedValues(double[] mean, double[] precision, double[] proportion) {
    this.mean = mean;
    this.precision = precision;
    this.proportion = proportion;
  }

  /**
   * The values of a mixture.
   *
   * @param proportion π; not modified
   */
  static SharedValues merged(float[] mean, float[] logPrecision, double[] proportion) {
    int n = 0;
    double[] m = new double[mean.length];
    double[] precision = new double[mean.length];
    double[] pi = new double[mean.length];
    for (int j = 0; j < mean.length; j++) {
      double lambda = Math.exp(logPrecision[j]);
      int like = 0;
      while (like < n && divergence(m[like], precision[like], mean[j], lambda) >= SAME) {
        like++;
      }
      if (like == n) {
        m[n] = mean[j];
        precision[n] = lambda;
        pi[n++] = proportion[j];
        continue;
      }
      double both = pi[like] + proportion[j];
      double a = both == 0 ? 0.5 : pi[like] / both;
      precision[like] = 1 / (a / precision[like] + (1 - a) / lambda);
      m[like] = like == 0 ? 0 : a * m[like] + (1 - a) * mean[j];
      pi[like] = both;
    }
    return new SharedValues(Arrays.copyOf(m, n), Arrays.copyOf(precision, n), Arrays.copyOf(pi, n));
  }

  /** KL in both directions of two normal distributions. */
  private static double divergence(double a, double precisionA, double b, double precisionB) {
    double ratio = precisionA / precisionB;
    double distance = (a - b) * (a - b) * (precisionA + precisionB);
    return 0.5 * (ratio + 1 / ratio - 2 + distance);
  }

  /**
   * Sets each weight to its value.
   *
   * @param w modified
   * @return which are not pruned
   */
  Mask apply(Tensor w) {
    double[] peak = new double[mean.length];
    for (int j = 0; j < peak.length; j++) {
      peak[j] = Math.log(proportion[j]) + 0.5 * Math.log(precision[j]);
    }
    boolean[] keep = new boolean[w.size()];
    for (int i = 0; i < keep.length; i++) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < peak.length; j++) {
        double d = w.at(i) - mean[j];
        double t = peak[j] - 0.5 * precision[j] * d * d;
        if (t > most) {
          most = t;
          best = j;
        }
      }
      keep[i] = best > 0;
      w.put(i, best == 0 ? 0f : (float) mean[best]);
    }
    return new Mask(w.shape(), keep);
  }
}
