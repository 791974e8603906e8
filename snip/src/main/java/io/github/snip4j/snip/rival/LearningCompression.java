package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Penalty;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.nn.train.TrainingOptions;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Scope;
import io.github.snip4j.snip.Sparsifier;
import java.util.List;

/**
 * LC, learning-compression: min L(w) with w = θ and ‖θ‖₀ ≤ κ, by an augmented Lagrangian [1, 2]. A
 * trained network is trained further, and drawn more and more strongly to its own pruned copy:
 *
 * <ul>
 *   <li>L step: w = argmin L(w) + (μ/2) ‖w - θ - λ/μ‖², by gradient descent.
 *   <li>C step: θ = the κ largest |w - λ/μ| of all layers together, the others 0.
 *   <li>Multipliers: λ = λ - μ (w - θ).
 * </ul>
 *
 * <p>μ grows from one round to the next. In the end w = θ. It begins with λ = 0 and θ the κ largest
 * |w| of the trained network ("direct compression").
 *
 * <p>Deviations: κ counts what the {@link Scope} names, by default weights and biases; the authors'
 * example prunes weights alone. Of equal magnitudes at the cut those with the lower index stay.
 *
 * <p>[1] Carreira-Perpiñán, Idelbayev, <i>"Learning-compression" algorithms for neural net
 * pruning</i>, CVPR 2018. [2] Carreira-Perpiñán, <i>Model compression as constrained optimization,
 * with application to neural nets, part I</i>, 2017.
 *
 * @param sparsity the share that is pruned, in [0, 1)
 * @param scope what is counted and pruned; the other parameters are trained along
 * @param rounds how often the two steps are taken, and how each L step is trained
 */
public record LearningCompression(double sparsity, Scope scope, Rounds rounds) implements Rival {
  /**
   * What happens in round k, from 0 on.
   *
   * @param count how many rounds
   * @param mu μ of round 0, above 0
   * @param growth what μ is multiplied by from one round to the next, above 0
   * @param firstEpochs epochs of the L step of round 0, at least 1
   * @param epochs epochs of the others, at least 1
   * @param rate learning rate of round 0, above 0
   * @param rateDecay what it is multiplied by from one round to the next, above 0
   * @param momentum Nesterov's, in (0, 1); begins anew in each round
   */
  public record Rounds(
      int count,
      double mu,
      double growth,
      int firstEpochs,
      int epochs,
      double rate,
      double rateDecay,
      double momentum) {
    /** The authors' example of LeNet-300-100: 820 epochs, with them in batches of 256. */
    public static final Rounds PUBLISHED = new Rounds(40, 9e-5, 1.1, 40, 20, 0.1, 0.98, 0.9);

    /** 120 epochs: fewer and shorter rounds, in which μ grows faster. */
    public static final Rounds SHORT = new Rounds(30, 9e-5, 1.25, 4, 4, 0.1, 0.96, 0.9);

    /** Checks the ranges. */
    public Rounds {
      boolean counts = count >= 1 && firstEpochs >= 1 && epochs >= 1;
      boolean factors = isPositive(mu) && isPositive(growth) && isPositive(rateDecay);
      if (!(counts && factors && isPositive(rate) && momentum > 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            ("learning-compression: " + count + " rounds of " + firstEpochs + " and " + epochs)
                + (" epochs, mu " + mu + " times " + growth)
                + (", rate " + rate + " times " + rateDecay + ", momentum " + momentum)
                + ": expected counts of at least 1, numbers above 0, and a momentum in (0, 1)");
      }
    }

    private static boolean isPositive(double x) {
      return x > 0 && x <= Double.MAX_VALUE;
    }

    private double muAt(int round) {
      return mu * StrictMath.pow(growth, round);
    }

    private Schedule rateAt(int round) {
      return Schedule.constant(rate * StrictMath.pow(rateDecay, round));
    }

    private long steps(int round, BatchSource batches) {
      return (long) (round == 0 ? firstEpochs : epochs) * batches.batchesPerEpoch();
    }
  }

  /** Checks the sparsity. */
  public LearningCompression {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new IllegalArgumentException(
          "learning-compression: sparsity " + sparsity + ": expected a number in [0, 1)");
    }
  }

  /** Weights and biases, in {@link Rounds#SHORT} rounds. */
  public LearningCompression(double sparsity) {
    this(sparsity, Biases.SCORED, Rounds.SHORT);
  }

  @Override
  public String name() {
    return "LC";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    Seed draws = new Seed(seed);
    Network w = DenseCopy.of(name(), network);
    List<Parameter> pruned = w.parameters().stream().filter(scope::prunable).toList();
    int m = pruned.stream().mapToInt(Parameter::size).sum();
    AugmentedLagrangian lagrangian = new AugmentedLagrangian(pruned, Kappa.of(m, sparsity));
    Sgd sgd = new Sgd(rounds.momentum, true, 0);
    long all = 0;
    for (int k = 0; k < rounds.count; k++) {
      all += rounds.steps(k, train);
    }
    long of = all;
    long done = 0;
    for (int k = 0; k < rounds.count; k++) {
      double mu = rounds.muAt(k);
      Penalty near = Penalty.distance(mu / 2, lagrangian.target(mu));
      done =
          Trainer.fit(
              w,
              train,
              new Optimizer(sgd, w),
              rounds.rateAt(k),
              TrainingOptions.PLAIN.with(near),
              done,
              done + rounds.steps(k, train),
              draws.child("train"),
              step -> listener.afterStep(step.number(), of, step.loss()));
      lagrangian.compress(mu);
    }
    return Sparsifier.compile(w, lagrangian.replace());
  }
}
