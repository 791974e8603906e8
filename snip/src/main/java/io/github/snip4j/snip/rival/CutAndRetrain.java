package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.retrain.Levels;
import java.util.Map;

/**
 * Rounds of pruning and retraining, which three rivals have in common. Each round prunes the same
 * share of what is left.
 *
 * @param sparsity after the last round, in [0, 1)
 * @param rounds at least 1
 * @param plan of the retraining in each round
 */
record CutAndRetrain(double sparsity, int rounds, TrainingPlan plan) {
  CutAndRetrain {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds: " + rounds + ": expected 1 or more");
    }
    Levels.GEOMETRIC.at(1, sparsity);
  }

  /** What is different between the rivals. */
  @FunctionalInterface
  interface Cut {
    /**
     * Prunes a network in place.
     *
     * @param sparsity of all connections, to come to
     * @param seed of what is drawn in this round
     */
    void apply(Network network, double sparsity, Seed seed);
  }

  /** A pruned copy of a network. */
  Network run(Network network, BatchSource train, Seed seed, RivalListener listener, Cut cut) {
    Network pruned = network.on(Parameter::copy);
    for (int round = 0; round < rounds; round++) {
      Seed own = seed.child(round);
      cut.apply(pruned, Levels.GEOMETRIC.at((round + 1.0) / rounds, sparsity), own);
      plan.train(pruned, train, round, rounds, own, listener);
    }
    return pruned;
  }

  /** Keeps what masks keep, in place, stored as it is computed fastest. */
  static void keep(Network network, Masks masks) {
    network.restructure(masks.byName(), Sparsifier.storage(masks.byName()));
  }

  /**
   * Keeps what masks keep, and gives it other values.
   *
   * @param values by parameter name, each of the parameter's whole shape
   */
  static void keep(Network network, Masks masks, Map<String, Tensor> values) {
    keep(network, masks);
    values.forEach(
        (name, whole) -> {
          Parameter p = network.parameter(name);
          Tensor kept = p.structure().gather(whole);
          p.value().copyFrom(kept.reshape(p.value().shape()));
          p.changed();
        });
  }
}
