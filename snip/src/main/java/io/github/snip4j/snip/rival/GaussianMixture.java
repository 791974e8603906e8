package io.github.snip4j.snip.rival;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.optim.UpdateRule;
import java.util.Arrays;

/**
 * The prior of soft weight-sharing: a mixture p(w) = Σ<sub>j</sub> π<sub>j</sub> N(w |
 * μ<sub>j</sub>, 1/λ<sub>j</sub>), which is learned with the weights. Component 0 stays at μ = 0
 * with its π; of the others γ = log λ, μ and ρ are learned, with π = (1 - π₀) softmax(ρ). The
 * precisions λ have Gamma distributions as priors of their own.
 *
 * <p>Its loss is -Σ<sub>i</sub> log p(w<sub>i</sub>) + Σ<sub>j</sub> ((1 - α<sub>j</sub>)
 * γ<sub>j</sub> + β<sub>j</sub> λ<sub>j</sub>).
 */
final class GaussianMixture {
  private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

  private final SoftWeightSharing.Settings settings;
  private final int components;
  private final float[] mean;
  private final float[] logPrecision;
  private final float[] proportion; // ρ; that of component 0 is not used
  private final float[][] meanState;
  private final float[][] precisionState;
  private final float[][] proportionState;
  private final double[] count;
  private final double[] distance;
  private final double[] square;
  private MixtureKernel kernel;

  /** The mixture before training: means evenly over a range, all as wide and as likely. */
  GaussianMixture(SoftWeightSharing.Settings settings, UpdateRule rule) {
    this.settings = settings;
    this.components = settings.components();
    this.mean = new float[components];
    this.logPrecision = new float[components];
    this.proportion = new float[components];
    this.meanState = new float[rule.stateArrays()][components];
    this.precisionState = new float[rule.stateArrays()][components];
    this.proportionState = new float[rule.stateArrays()][components];
    this.count = new double[components];
    this.distance = new double[components];
    this.square = new double[components];
    Arrays.fill(logPrecision, (float) (-2 * Math.log(settings.deviation())));
    for (int j = 1; j < components; j++) {
      double place = components == 2 ? 1 : 2.0 * (j - 1) / (components - 2) - 1;
      mean[j] = (float) (settings.span() * place);
    }
    this.kernel = kernel();
  }

  private MixtureKernel kernel() {
    double[] logPi = logProportions();
    float[] precision = new float[components];
    float[] peak = new float[components];
    for (int j = 0; j < components; j++) {
      precision[j] = (float) Math.exp(logPrecision[j]);
      peak[j] = (float) (logPi[j] + 0.5 * logPrecision[j] - HALF_LOG_2_PI);
    }
    return new MixtureKernel(mean, precision, peak);
  }

  /** log π. */
  double[] logProportions() {
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 1; j < components; j++) {
      most = Math.max(most, proportion[j]);
    }
    double sum = 0;
    for (int j = 1; j < components; j++) {
      sum += Math.exp(proportion[j] - most);
    }
    double[] logs = new double[components];
    logs[0] = Math.log(settings.zeroProportion());
    for (int j = 1; j < components; j++) {
      logs[j] = Math.log1p(-settings.zeroProportion()) + proportion[j] - most - Math.log(sum);
    }
    return logs;
  }

  /** μ, as it is. */
  float[] means() {
    return mean;
  }

  /** γ = log λ, as it is. */
  float[] logPrecisions() {
    return logPrecision;
  }

  /** ρ, as it is. */
  float[] proportions() {
    return proportion;
  }

  /**
   * -Σ log p(w) of some weights, which counts in the next {@link #update}.
   *
   * @param factor of the gradient
   * @param dw of w's shape, overwritten by the gradient
   */
  double loss(Tensor w, double factor, Tensor dw) {
    MixtureKernel.Sums sums = kernel.run(w, (float) factor, dw);
    for (int j = 0; j < components; j++) {
      count[j] += sums.count[j];
      distance[j] += sums.distance[j];
      square[j] += sums.square[j];
    }
    return sums.loss;
  }

  /** Σ<sub>j</sub> ((1 - α<sub>j</sub>) γ<sub>j</sub> + β<sub>j</sub> λ<sub>j</sub>). */
  double precisionLoss() {
    double sum = 0;
    for (int j = 0; j < components; j++) {
      SoftWeightSharing.Gamma prior = j == 0 ? settings.zeroPrior() : settings.prior();
      sum += (1 - prior.alpha()) * logPrecision[j] + prior.beta() * Math.exp(logPrecision[j]);
    }
    return sum;
  }

  /** The gradients of the loss since the last update, by μ, γ and ρ. */
  static final class Gradients {
    final float[] mean;
    final float[] logPrecision;
    final float[] proportion;

    private Gradients(int components) {
      this.mean = new float[components];
      this.logPrecision = new float[components];
      this.proportion = new float[components];
    }
  }

  /** The gradients times a factor. */
  Gradients gradients(double factor) {
    Gradients by = new Gradients(components);
    double[] logPi = logProportions();
    double others = 0;
    for (int j = 1; j < components; j++) {
      others += count[j];
    }
    for (int j = 0; j < components; j++) {
      SoftWeightSharing.Gamma prior = j == 0 ? settings.zeroPrior() : settings.prior();
      double lambda = Math.exp(logPrecision[j]);
      double slope = 0.5 * (lambda * square[j] - count[j]) + 1 - prior.alpha();
      by.logPrecision[j] = (float) (factor * (slope + prior.beta() * lambda));
      if (j > 0) {
        double share = Math.exp(logPi[j] - Math.log1p(-settings.zeroProportion()));
        by.mean[j] = (float) (factor * -lambda * distance[j]);
        by.proportion[j] = (float) (factor * (share * others - count[j]));
      }
    }
    return by;
  }

  /** Moves μ, γ and ρ one step, each at a rate of its own, and begins to count anew. */
  void update(double factor, UpdateRule rule, long step) {
    Gradients g = gradients(factor);
    rule.update(mean, g.mean, meanState, 1, components, settings.meanRate(), step);
    rule.update(
        logPrecision,
        g.logPrecision,
        precisionState,
        0,
        components,
        settings.precisionRate(),
        step);
    rule.update(
        proportion, g.proportion, proportionState, 1, components, settings.proportionRate(), step);
    Arrays.fill(count, 0);
    Arrays.fill(distance, 0);
    Arrays.fill(square, 0);
    kernel = kernel();
  }

  /** The mixture's components without those that are the same as an earlier one. */
  SharedValues sharedValues() {
    double[] pi = logProportions();
    for (int j = 0; j < components; j++) {
      pi[j] = Math.exp(pi[j]);
    }
    return SharedValues.merged(mean, logPrecision, pi);
  }
}
