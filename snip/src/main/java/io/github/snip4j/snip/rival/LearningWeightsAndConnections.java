package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import java.util.List;
import java.util.Map;

/**
 * LWC: a trained network loses its small weights, the others are trained on from their values, and
 * both are repeated [Han, Pool, Tran, Dally, <i>Learning both weights and connections for efficient
 * neural networks</i>, NIPS 2015, section 3].
 *
 * <p>A weight of layer l stays if |w| ≥ q q_l σ_l, with σ_l the standard deviation of the weights
 * of that layer and q_l its quality parameter. Biases stay.
 *
 * <p>What differs from the paper: there one says q and finds out how many weights are left. Here
 * one says how many are to be left, and q is what leaves exactly these: κ is that share of all
 * weights and biases, the biases among them. σ_l is that of the weights that exist, so that in
 * later rounds it says how large those are that are left. There is no dropout whose rate would have
 * to fall with the number of connections.
 *
 * @param sparsity the share of all weights and biases that is pruned in the end, in [0, 1)
 * @param quality q_l by layer, above 0; 1 for layers that are not named
 * @param rounds of pruning and retraining, at least 1
 * @param retraining of each round; the paper's has a tenth of the learning rate of the training
 */
public record LearningWeightsAndConnections(
    double sparsity, Map<String, Double> quality, int rounds, TrainingPlan retraining)
    implements Rival {
  /** Checks the settings. */
  public LearningWeightsAndConnections {
    quality = Map.copyOf(quality);
    quality.forEach(
        (layer, q) -> {
          if (!(q > 0 && q <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                "LWC: quality " + q + " of " + layer + ": expected a number above 0");
          }
        });
    new CutAndRetrain(sparsity, rounds, retraining);
  }

  /** Three rounds with ten epochs of retraining each, at the learning rate 0.01. */
  public LearningWeightsAndConnections(double sparsity) {
    this(sparsity, Map.of(), 3, TrainingPlan.of(10, 0.01));
  }

  @Override
  public String name() {
    return "LWC";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    Map<String, List<Parameter>> layers = PrunableLayers.of("LWC", network);
    for (String layer : quality.keySet()) {
      if (!layers.containsKey(layer)) {
        throw new IllegalArgumentException(
            "LWC: quality of " + layer + ": expected layers among " + layers.keySet());
      }
    }
    return new CutAndRetrain(sparsity, rounds, retraining)
        .run(
            network,
            train,
            new Seed(seed),
            listener,
            (net, level, own) -> CutAndRetrain.keep(net, masks(net, level)));
  }

  /** The κ - (number of biases) weights with the largest |w| / (q_l σ_l). */
  Masks masks(Network network, double level) {
    int biases =
        network.parameters().stream()
            .filter(p -> p.role() == Parameter.Role.BIAS)
            .mapToInt(p -> p.value().size())
            .sum();
    int kappa = Kappa.of(network.connections(), level);
    if (kappa <= biases) {
      throw new IllegalArgumentException(
          ("LWC: sparsity " + level + " keeps " + kappa + " connections, and " + biases)
              + " are biases, which all stay: expected a smaller sparsity");
    }
    Connections weights = Connections.of(network, Biases.EXCLUDED, List.of(), new Seed(0));
    return Masks.keepTop(weights.scores(weights.each(this::inDeviations)), kappa - biases);
  }

  /** w / (q_l σ_l) for all weights of a layer; those that do not exist are 0. */
  private Tensor inDeviations(Parameter p) {
    Tensor w = p.dense();
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < w.size(); i++) {
      double value = w.at(i);
      sum += value;
      squares += value * value;
      count += value == 0 ? 0 : 1;
    }
    double mean = sum / Math.max(1, count);
    double sigma = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
    double unit = sigma == 0 ? Math.abs(mean) : sigma; // all alike: none is smaller than others
    Tensor scores = Tensor.zeros(w.shape());
    for (int i = 0; i < w.size() && unit > 0; i++) {
      scores.put(i, (float) (w.at(i) / (unit * quality.getOrDefault(p.layer(), 1.0))));
    }
    return scores;
  }
}
