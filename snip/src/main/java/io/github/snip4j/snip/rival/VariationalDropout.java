package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.train.DivergedException;
import java.util.concurrent.CancellationException;

/**
 * SVD, sparse variational dropout: each weight is a normal distribution, N(θ, σ²), and those that
 * are all noise go [1]. Trained are θ and log σ², by Adam, to make small
 *
 * <p>mean cross-entropy + (rw / N) Σ KL(log α), with log α = log σ² - log θ² and N training
 * examples. KL is the divergence from a log-uniform prior:
 *
 * <p>-KL(log α) ≈ k₁ sigmoid(k₂ + k₃ log α) - ½ log(1 + 1/α) - k₁.
 *
 * <p>A weight's noise is drawn where it arrives, for each unit and example by itself (local
 * reparameterisation): y = θ x + b + ε ⊙ √(σ² x² + 1e-8), ε from N(0, 1). Biases have none. The
 * weight rw of the divergence rises from 0 to 1 in the first epochs. In the end the weights with
 * log α of 3 or more are pruned, and the others are θ.
 *
 * <p>Deviations: log α is clipped to [-8, 8], as in the authors' code, not in the paper. The KL
 * weight rises from step to step, with the authors from epoch to epoch.
 *
 * <p>[1] Molchanov, Ashukha, Vetrov, <i>Variational dropout sparsifies deep neural networks</i>,
 * ICML 2017, equations 8 to 14.
 *
 * @param settings how it is trained
 */
public record VariationalDropout(Settings settings) implements Rival {
  /**
   * How it is trained. The learning rate is constant at first, then falls linearly to 0.
   *
   * @param epochs at least 1
   * @param rate Adam's learning rate, above 0
   * @param flatEpochs as long as the rate is constant, from 0 to {@code epochs}
   * @param logVariance what log σ² begins with
   * @param warmUpFrom the epoch up to which the divergence has weight 0, at least 0
   * @param warmUpUntil the epoch from which on it has weight 1, not before {@code warmUpFrom}
   * @param threshold the log α from which on weights are pruned, in (-8, 8)
   * @param pruneInTraining whether θ of such a weight is 0 in training too, as long as it is one
   */
  public record Settings(
      int epochs,
      double rate,
      int flatEpochs,
      double logVariance,
      int warmUpFrom,
      int warmUpUntil,
      double threshold,
      boolean pruneInTraining) {
    /** The authors' experiment with LeNet-300-100, with them in batches of 100. */
    public static final Settings PUBLISHED = new Settings(200, 1e-3, 100, -10, 5, 20, 3, true);

    /**
     * 60 epochs, in which the divergence rises slowly and nothing is pruned on the way, as in the
     * example of 100 epochs that the authors published in 2019.
     */
    public static final Settings SHORT = new Settings(60, 1e-3, 30, -10, 0, 40, 3, false);

    /** Checks the ranges. */
    public Settings {
      boolean time = epochs >= 1 && flatEpochs >= 0 && flatEpochs <= epochs;
      boolean warmUp = warmUpFrom >= 0 && warmUpUntil >= warmUpFrom;
      boolean numbers = rate > 0 && rate <= Double.MAX_VALUE && Math.abs(logVariance) <= 80;
      if (!(time && warmUp && numbers && Math.abs(threshold) < VariationalWeight.MOST)) {
        throw new IllegalArgumentException(
            ("variational dropout: " + epochs + " epochs, " + flatEpochs + " of them at rate ")
                + (rate + ", warm-up from " + warmUpFrom + " until " + warmUpUntil)
                + (", log variance " + logVariance + ", threshold " + threshold)
                + ": expected epochs in this order, a rate above 0, a log variance in [-80, 80] and"
                + " a threshold in (-8, 8)");
      }
    }

    /** The learning rate after so many epochs. */
    double rateAt(double epoch) {
      return epoch < flatEpochs ? rate : rate * (epochs - epoch) / (epochs - flatEpochs);
    }

    /** The weight rw of the divergence after so many epochs. */
    double divergenceAt(double epoch) {
      return epoch >= warmUpUntil
          ? 1
          : Math.max(0, (epoch - warmUpFrom) / (warmUpUntil - warmUpFrom));
    }
  }

  /** With {@link Settings#SHORT}. */
  public VariationalDropout() {
    this(Settings.SHORT);
  }

  @Override
  public String name() {
    return "SVD";
  }

  @Override
  public boolean startsTrained() {
    return false;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    Seed draws = new Seed(seed).child("noise");
    VariationalNetwork q = new VariationalNetwork(DenseCopy.of(name(), network), settings);
    Adam adam = Adam.adam(0);
    Optimizer optimizer = new Optimizer(adam, q.means());
    double examples = TrainingSet.count(network.objective(), train);
    long all = (long) settings.epochs * train.batchesPerEpoch();
    Workspace workspace = new Workspace();
    for (long i = 0; i < all; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(name() + ": interrupted after step " + i);
      }
      long step = i + 1;
      double epoch = (double) i / train.batchesPerEpoch();
      double rate = settings.rateAt(epoch);
      double divergence = settings.divergenceAt(epoch) / examples;
      Batch batch = train.at(i);
      Seed own = draws.child(i);
      float loss =
          workspace.run(
              () -> {
                VariationalNetwork.Draw draw = q.draw(own);
                Variable mean = draw.loss(batch);
                float value = mean.value().item();
                if (!Float.isFinite(value)) {
                  throw new DivergedException(step, value, rate, "");
                }
                Gradients gradients = mean.backward();
                optimizer.step(draw.update(gradients, divergence, adam, rate, step), rate);
                return value;
              });
      listener.afterStep(step, all, loss);
    }
    return DenseCopy.pruned(
        name(), q.means(), q.masks(), "fewer epochs, or a divergence that rises more slowly");
  }
}
