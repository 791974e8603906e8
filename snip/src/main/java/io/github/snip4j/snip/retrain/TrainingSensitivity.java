package io.github.snip4j.snip.retrain;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Sensitivity accumulated over a training, the ancestor of connection sensitivity that needs no
 * pass of its own: what the loss would lose without w, as the sum over the steps that led from its
 * first value to its last, S = -Σ<sub>n</sub> ∂L/∂w(n) Δw(n) · w<sup>end</sup> / (w<sup>end</sup> -
 * w<sup>start</sup>) [Karnin, <i>A simple procedure for pruning back-propagation trained neural
 * networks</i>, IEEE Transactions on Neural Networks 1990, equations 10 to 12, which put plain
 * gradient descent's (Δw)² / η for -∂L/∂w Δw]. Weights that end where they began have none.
 *
 * <p>A callback of {@code Trainer.fit} while the network is trained, then a criterion. Connections
 * must not move meanwhile.
 */
public final class TrainingSensitivity implements Callback, Criterion {
  private final Network network;
  private final Map<String, Tensor> starts = new LinkedHashMap<>();
  private final Map<String, Tensor> before = new LinkedHashMap<>();
  private final Map<String, double[]> sums = new LinkedHashMap<>();
  private final Map<String, Structure> structures;

  /** Begins with the network as it is. */
  public TrainingSensitivity(Network network) {
    this.network = network;
    this.structures = network.structures();
    for (Parameter p : network.parameters()) {
      starts.put(p.name(), p.value().copy());
      before.put(p.name(), p.value().copy());
      sums.put(p.name(), new double[p.value().size()]);
    }
  }

  @Override
  public void afterUpdate(long number, Pass pass, Gradients gradients) {
    for (Parameter p : network.parameters()) {
      checkStill(p);
      if (!pass.isUsed(p) || !gradients.contains(pass.values(p))) {
        continue;
      }
      Tensor g = pass.gradient(p, gradients);
      Tensor w = p.value();
      Tensor old = of(before, p);
      double[] sum = of(sums, p);
      for (int i = 0; i < sum.length; i++) {
        sum[i] -= (double) g.at(i) * ((double) w.at(i) - old.at(i));
      }
      old.copyFrom(w);
    }
  }

  private void checkStill(Parameter p) {
    if (of(structures, p) != p.structure()) {
      throw new IllegalStateException(
          ("training sensitivity: the connections of " + p + " have changed since it began:")
              + " expected the same ones through the whole training");
    }
  }

  @Override
  public void afterStep(Step step) {}

  /**
   * The magnitudes of S.
   *
   * @param connections of the network that was trained
   */
  @Override
  public Scores score(Connections connections) {
    return connections.scores(
        connections.each(
            like -> {
              Parameter p = network.parameter(like.name());
              double[] sum = of(sums, p);
              Tensor s = Tensor.zeros(p.value().shape());
              for (int i = 0; i < sum.length; i++) {
                double moved = (double) p.value().at(i) - of(starts, p).at(i);
                s.put(i, moved == 0 ? 0 : (float) (sum[i] * p.value().at(i) / moved));
              }
              return p.structure().spread(s);
            }));
  }

  private static <T> T of(Map<String, T> byName, Parameter p) {
    return Objects.requireNonNull(byName.get(p.name()));
  }
}
