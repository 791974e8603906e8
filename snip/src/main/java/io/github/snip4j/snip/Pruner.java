package io.github.snip4j.snip;

/**
 * A way to prune: a criterion, asked once or in rounds, and how what is kept is shared out among
 * the layers.
 *
 * <pre>{@code
 * Masks masks = Pruner.of(new SynapticFlow()).in(100).prune(Connections.of(network, batch), 0.98);
 * }</pre>
 *
 * @param criterion gives the scores, in each round those of the connections that are left
 * @param allocation global in the paper
 * @param rounds 1 in the paper; with more, {@link Kappa#after} says how many are left after each
 * @param revives whether what an earlier round pruned may come back in a later one
 */
public record Pruner(Criterion criterion, Allocation allocation, int rounds, boolean revives) {
  /** Checks the rounds. */
  public Pruner {
    if (rounds < 1) {
      throw new IllegalArgumentException("pruner: " + rounds + " rounds: expected 1 or more");
    }
  }

  /** The scores of the last round, and what they kept. */
  public record Pruned(Scores scores, Masks masks) {}

  /** One round over the whole network, as in the paper. */
  public static Pruner of(Criterion criterion) {
    return new Pruner(criterion, Allocation.global(), 1, false);
  }

  /** This pruner in rounds; what is pruned stays pruned. */
  public Pruner in(int number) {
    return new Pruner(criterion, allocation, number, revives);
  }

  /** This pruner with another allocation. */
  public Pruner with(Allocation other) {
    return new Pruner(criterion, other, rounds, revives);
  }

  /** This pruner, in whose rounds what is pruned may come back if it scores well again. */
  public Pruner reviving() {
    return new Pruner(criterion, allocation, rounds, true);
  }

  /**
   * Prunes; the network is not modified. Of a network that is pruned already nothing comes back.
   *
   * @param sparsity the share of all connections that is pruned in the end, in [0, 1): of those too
   *     that were pruned before
   * @throws IllegalArgumentException if nothing would be left, more than the network has left would
   *     be kept, or nothing tells the connections apart
   */
  public Masks prune(Connections connections, double sparsity) {
    return scoreAndPrune(connections, sparsity).masks;
  }

  /** The masks that {@link #prune} gives, with the scores that they came from. */
  public Pruned scoreAndPrune(Connections connections, double sparsity) {
    Scores scores = connections.existing(criterion.score(connections));
    int m = scores.candidates();
    int kappa = Kappa.of(scores.size(), sparsity);
    if (kappa > m) {
      throw new IllegalArgumentException(
          "sparsity "
              + sparsity
              + " keeps "
              + kappa
              + " of "
              + scores.size()
              + " connections, but "
              + (scores.size() - m)
              + " are pruned already: expected at least "
              + (1 - (double) m / scores.size()));
    }
    Masks masks = allocation.keep(scores, Kappa.after(1, rounds, m, kappa));
    for (int round = 2; round <= rounds; round++) {
      Scores again = connections.existing(criterion.score(connections.at(masks)));
      scores = revives ? again : again.among(masks);
      masks = allocation.keep(scores, Kappa.after(round, rounds, m, kappa));
    }
    return new Pruned(scores, masks);
  }
}
