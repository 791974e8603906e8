package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.nn.train.TrainingOptions;
import io.github.snip4j.snip.Masks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SWS, soft weight-sharing: a trained network is trained further with a mixture of Gaussians as the
 * prior of its weights and biases, which is learned with them [1, after 2]. What is made small is
 *
 * <p>mean cross-entropy + (τ / N) (-Σ<sub>i</sub> log Σ<sub>j</sub> π<sub>j</sub> N(w<sub>i</sub> |
 * μ<sub>j</sub>, 1/λ<sub>j</sub>) + Σ<sub>j</sub> ((1 - α<sub>j</sub>) log λ<sub>j</sub> +
 * β<sub>j</sub> λ<sub>j</sub>))
 *
 * <p>by Adam, for N training examples, with four learning rates: of the weights, of μ, of log λ and
 * of log π. Component 0 has μ = 0 and a large π, both fixed. In the end each weight becomes the μ
 * of the component that has most probably given it, and those of component 0 are pruned: the
 * network is pruned and quantised at once. {@link Quantised#of} says to how many values and bits.
 *
 * <p>[1] Ullrich, Meeds, Welling, <i>Soft weight-sharing for neural network compression</i>, ICLR
 * 2017, equations 5 to 9, and its authors' code. [2] Nowlan, Hinton, <i>Simplifying neural networks
 * by soft weight-sharing</i>, Neural Computation 1992.
 *
 * @param settings the mixture, and how it is trained
 */
public record SoftWeightSharing(Settings settings) implements Rival {
  /**
   * A Gamma distribution as the prior of a precision λ: its density is proportional to
   * λ<sup>α-1</sup> e<sup>-βλ</sup>, largest at (α - 1) / β.
   *
   * @param alpha at least 1
   * @param beta above 0
   */
  public record Gamma(double alpha, double beta) {
    /** Checks the ranges. */
    public Gamma {
      if (!(alpha >= 1 && alpha <= Double.MAX_VALUE && beta > 0 && beta <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            ("gamma prior: alpha " + alpha + ", beta " + beta)
                + ": expected an alpha of at least 1 and a beta above 0");
      }
    }
  }

  /**
   * The mixture at the beginning, and how it is trained.
   *
   * @param components J, that of 0 included; at least 2
   * @param zeroProportion π of component 0, in (0, 1)
   * @param span the means of the others are evenly in [-span, span] at first; above 0
   * @param deviation 1/√λ of all at first, above 0
   * @param zeroPrior of the precision of component 0
   * @param prior of the precision of each other one
   * @param tau τ, the weight of the prior; at least 0
   * @param rate of the weights and biases, above 0; constant at first, then falling linearly to 0
   * @param meanRate of μ, at least 0
   * @param precisionRate of log λ, at least 0
   * @param proportionRate of log π, at least 0
   * @param epochs at least 1
   * @param flatEpochs as long as the rate of the weights is constant, from 0 to {@code epochs}
   */
  public record Settings(
      int components,
      double zeroProportion,
      double span,
      double deviation,
      Gamma zeroPrior,
      Gamma prior,
      double tau,
      double rate,
      double meanRate,
      double precisionRate,
      double proportionRate,
      int epochs,
      int flatEpochs) {
    /** The authors' example, with them in batches of 256: all rates are constant. */
    public static final Settings PUBLISHED =
        new Settings(
            16,
            0.99,
            0.6,
            0.25,
            new Gamma(5000, 2),
            new Gamma(250, 0.1),
            0.003,
            5e-4,
            1e-4,
            3e-3,
            3e-3,
            30,
            30);

    /**
     * For weights as small as weight decay leaves them: narrower components, closer to each other
     * and stronger than the authors' ones, and a rate of the weights that falls after 8 of 22
     * epochs, so that weights come to rest at the means before they are replaced by them.
     */
    public static final Settings SETTLING =
        new Settings(
            16,
            0.99,
            0.3,
            0.05,
            new Gamma(5000, 0.5),
            new Gamma(250, 0.02),
            0.01,
            5e-4,
            1e-4,
            3e-3,
            3e-3,
            22,
            8);

    /** Checks the ranges. */
    public Settings {
      boolean mixture = components >= 2 && zeroProportion > 0 && zeroProportion < 1;
      boolean rates = rate > 0 && meanRate >= 0 && precisionRate >= 0 && proportionRate >= 0;
      boolean finite =
          rate + meanRate + precisionRate + proportionRate + span + tau <= Double.MAX_VALUE;
      boolean time = epochs >= 1 && flatEpochs >= 0 && flatEpochs <= epochs;
      boolean wide = span > 0 && deviation > 0 && deviation <= Double.MAX_VALUE;
      if (!(mixture && rates && finite && wide && tau >= 0 && time)) {
        throw new IllegalArgumentException(
            ("soft weight-sharing: " + components + " components, zero proportion ")
                + (zeroProportion + ", span " + span + ", deviation " + deviation + ", tau " + tau)
                + (", rates " + rate + ", " + meanRate + ", " + precisionRate + ", ")
                + (proportionRate
                    + ", "
                    + epochs
                    + " epochs, "
                    + flatEpochs
                    + " of them at constant")
                + " rate: expected 2 components or more, a"
                + " proportion in (0, 1), 1 epoch or more, and finite numbers of at least 0, those"
                + " of span, deviation and first rate above 0");
      }
    }

    /** These settings with another weight of the prior, τ. */
    public Settings withTau(double other) {
      return new Settings(
          components,
          zeroProportion,
          span,
          deviation,
          zeroPrior,
          prior,
          other,
          rate,
          meanRate,
          precisionRate,
          proportionRate,
          epochs,
          flatEpochs);
    }

    /** The rate of the weights at each step. */
    private Schedule schedule(int stepsPerEpoch) {
      long all = (long) epochs * stepsPerEpoch;
      long flat = (long) flatEpochs * stepsPerEpoch;
      return step -> step < flat ? rate : rate * (all - step) / (all - flat);
    }
  }

  /** With {@link Settings#SETTLING}. */
  public SoftWeightSharing() {
    this(Settings.SETTLING);
  }

  @Override
  public String name() {
    return "SWS";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    Network w = DenseCopy.of(name(), network);
    Adam adam = Adam.adam(0);
    GaussianMixture mixture = new GaussianMixture(settings, adam);
    double factor = settings.tau / TrainingSet.count(network.objective(), train);
    MixturePenalty prior = new MixturePenalty(mixture, factor, adam);
    long steps = (long) settings.epochs * train.batchesPerEpoch();
    Trainer.fit(
        w,
        train,
        new Optimizer(adam, w),
        settings.schedule(train.batchesPerEpoch()),
        TrainingOptions.PLAIN.with(prior),
        0,
        steps,
        new Seed(seed).child("train"),
        prior,
        step -> listener.afterStep(step.number(), steps, step.loss()));
    SharedValues values = mixture.sharedValues();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter p : w.parameters()) {
      if (p.role().isConnection()) {
        masks.put(p.name(), values.apply(p.value()));
        p.changed();
      }
    }
    return DenseCopy.pruned(name(), w, Masks.of(masks), "a smaller tau, or fewer epochs");
  }
}
