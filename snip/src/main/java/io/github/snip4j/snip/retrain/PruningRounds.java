package io.github.snip4j.snip.retrain;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scope;
import java.util.List;

/**
 * Pruning a trained network in rounds: prune some, retrain, prune more [Han, Pool, Tran, Dally,
 * <i>Learning both weights and connections for efficient neural networks</i>, NIPS 2015, with
 * magnitudes]. One round is one-shot pruning with fine-tuning.
 *
 * @param pruner criterion and allocation of each round
 * @param scope which parameters are pruned
 * @param levels how sparse the network is after each round
 * @param rounds at least 1
 * @param sparsity after the last one, in [0, 1)
 */
public record PruningRounds(
    Pruner pruner, Scope scope, Levels levels, int rounds, double sparsity) {
  /** Checks the rounds. */
  public PruningRounds {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds: " + rounds + ": expected 1 or more");
    }
    levels.at(1, sparsity);
  }

  /** What follows each pruning. */
  @FunctionalInterface
  public interface Retraining {
    /**
     * Trains the network, that is rewound first where that is wanted.
     *
     * @param network pruned; an optimiser for it is made anew
     * @param round from 1 on
     */
    void train(Network network, int round);
  }

  /** How sparse the network is after a round, from 1 on. */
  public double sparsityAfter(int round) {
    return levels.at((double) round / rounds, sparsity);
  }

  /**
   * Prunes for one round.
   *
   * @param network changed in place
   * @param batches to score on; may be none, for a criterion that looks at no data
   * @return what is left
   */
  public Masks prune(Network network, List<Batch> batches, Seed seed, int round) {
    Connections connections = Connections.of(network, scope, batches, seed.child(round));
    Masks masks = pruner.prune(connections, sparsityAfter(round));
    Shrinking.to(network, masks);
    return masks;
  }

  /**
   * All rounds: each prunes and retrains.
   *
   * @param network trained; changed in place
   * @return what is left in the end
   */
  public Masks run(Network network, List<Batch> batches, Seed seed, Retraining retraining) {
    Masks masks = prune(network, batches, seed, 1);
    retraining.train(network, 1);
    for (int round = 2; round <= rounds; round++) {
      masks = prune(network, batches, seed, round);
      retraining.train(network, round);
    }
    return masks;
  }
}
