package io.github.snip4j.snip.retrain;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Prunes while a network is trained, a little at a time: after step t of those from {@code from} to
 * {@code until} the network is as sparse as {@link Levels} says [Zhu, Gupta, <i>To prune, or not to
 * prune: exploring the efficacy of pruning for model compression</i>, 2017, with magnitudes and
 * {@link Levels#CUBIC}]. Give it to {@code Trainer.fit} as a callback.
 *
 * <p>What is pruned stays pruned. Only weights, batches and seed decide, so that the bits depend
 * neither on threads nor on interruptions; a training that goes on from a checkpoint needs no state
 * of this.
 */
public final class GradualPruning implements Callback {
  private final Network network;
  private final Pruner pruner;
  private final Scope scope;
  private final List<Batch> batches;
  private final Seed seed;
  private final Ramp ramp;
  private final List<Level> levels = new ArrayList<>();

  /**
   * When to prune, and how much.
   *
   * @param levels how sparse the network is on the way
   * @param sparsity at the end, in [0, 1)
   * @param every steps from one pruning to the next, at least 1; the last is at {@code until}
   * @param from the step after which the way begins, at least 0
   * @param until the step after which it ends, larger than {@code from}
   */
  public record Ramp(Levels levels, double sparsity, long every, long from, long until) {
    /** Checks the ranges. */
    public Ramp {
      levels.at(1, sparsity);
      if (every < 1 || from < 0 || until <= from) {
        throw new IllegalArgumentException(
            ("gradual pruning: every " + every + " steps from " + from + " until " + until)
                + ": expected 1 step or more, from 0 on, and an end after the beginning");
      }
    }

    /** Whether the network is pruned after this step, counted from 1. */
    public boolean isDue(long step) {
      return step > from && step <= until && (step == until || (step - from) % every == 0);
    }

    /** How sparse it is then. */
    public double sparsityAt(long step) {
      return levels.at((double) (step - from) / (until - from), sparsity);
    }
  }

  /** What was done: after a step, so many connections were kept. */
  public record Level(long step, double sparsity, int kept) {}

  /**
   * Prunes a network that is being trained.
   *
   * @param network changed in place
   * @param batches to score on; may be none, for a criterion that looks at no data
   * @param seed of whatever the criterion draws
   */
  public GradualPruning(
      Network network, Pruner pruner, Scope scope, List<Batch> batches, Seed seed, Ramp ramp) {
    this.network = network;
    this.pruner = pruner;
    this.scope = scope;
    this.batches = List.copyOf(batches);
    this.seed = seed;
    this.ramp = ramp;
  }

  @Override
  public void afterStep(Step done) {
    if (ramp.isDue(done.number())) {
      double sparsity = ramp.sparsityAt(done.number());
      Seed own = seed.child(done.number());
      Masks masks = pruner.prune(Connections.of(network, scope, batches, own), sparsity);
      Shrinking.to(network, masks);
      levels.add(new Level(done.number(), sparsity, masks.kept()));
    }
  }

  /** What was done so far, since this object was made. */
  public List<Level> levels() {
    return List.copyOf(levels);
  }
}
