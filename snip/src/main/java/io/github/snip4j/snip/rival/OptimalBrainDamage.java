package io.github.snip4j.snip.rival;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.criterion.BrainDamage;
import java.util.List;

/**
 * OBD: a trained network loses the connections with the smallest saliency ½ h_jj w_j², which is
 * what the loss grows by without connection j if the Hessian is diagonal; the others are trained
 * on, and both are repeated [LeCun, Denker, Solla, <i>Optimal brain damage</i>, NIPS 1989, section
 * 2.2; on these networks by Dong, Chen, Pan, <i>Learning to prune deep neural networks via
 * layer-wise optimal brain surgeon</i>, NIPS 2017, section 4.1].
 *
 * <p>h_jj is what {@link BrainDamage} computes: exactly the diagonal of the Hessian for networks
 * with ReLU. Weights and biases of all layers are in one ranking.
 *
 * <p>What differs from the papers: neither says how many rounds and steps there were, nor on how
 * many examples h was computed.
 *
 * @param sparsity the share of all weights and biases that is pruned in the end, in [0, 1)
 * @param rounds of pruning and retraining, at least 1
 * @param examples that h_jj is computed on, at least 1: as many backward passes as examples times
 *     classes
 * @param retraining of each round
 */
public record OptimalBrainDamage(double sparsity, int rounds, int examples, TrainingPlan retraining)
    implements Rival {
  /** Checks the settings. */
  public OptimalBrainDamage {
    Sample.checkCount("OBD", examples);
    new CutAndRetrain(sparsity, rounds, retraining);
  }

  /** Five rounds on 500 examples, with five epochs of retraining each, at the rate 0.01. */
  public OptimalBrainDamage(double sparsity) {
    this(sparsity, 5, 500, TrainingPlan.of(5, 0.01));
  }

  @Override
  public String name() {
    return "OBD";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    PrunableLayers.of("OBD", network);
    Pruner pruner = Pruner.of(new BrainDamage());
    return new CutAndRetrain(sparsity, rounds, retraining)
        .run(
            network,
            train,
            new Seed(seed),
            listener,
            (net, level, own) -> {
              List<Batch> sample = Sample.of(train, examples, own);
              Connections connections = Connections.of(net, Biases.SCORED, sample, own);
              CutAndRetrain.keep(net, pruner.prune(connections, level));
            });
  }
}
