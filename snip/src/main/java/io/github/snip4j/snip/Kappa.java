package io.github.snip4j.snip;

/** κ: how many connections are kept. */
public final class Kappa {
  private Kappa() {}

  /**
   * κ for a sparsity: m (1 - sparsity) rounded to the nearest, computed in double exactly as the
   * authors' code writes it. At 95 % of 266,610 the product is 13,330.500000000013, so 13,331.
   *
   * @param m the number of connections, of those too that were pruned before: sparsity is relative
   *     to all that the layers could have
   * @param sparsity the share to prune, in [0, 1)
   * @throws IllegalArgumentException if the sparsity is out of range, or nothing would be left
   */
  public static int of(int m, double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new IllegalArgumentException(
          "sparsity " + sparsity + ": expected a number from 0 up to, not including, 1");
    }
    int kappa = (int) Math.round(m * (1.0 - sparsity));
    if (kappa == 0) {
      throw new IllegalArgumentException(
          "sparsity " + sparsity + " leaves none of " + m + " connections; expected a smaller one");
    }
    return kappa;
  }

  /**
   * How many are left after one of several rounds: κ<sub>t</sub> = m (κ / m)<sup>t/T</sup>, so that
   * each round prunes the same share of what is left [Tanaka, Kunin, Yamins, Ganguli, <i>Pruning
   * neural networks without any data by iteratively conserving synaptic flow</i>, NeurIPS 2020,
   * algorithm 1; de Jorge et al., <i>Progressive skeletonization</i>, ICLR 2021, equation 9].
   *
   * @param round t, from 1 to T
   * @param rounds T; after the last one exactly kappa are left
   * @param m how many there are before the first round
   */
  public static int after(int round, int rounds, int m, int kappa) {
    return round == rounds
        ? kappa
        : (int) Math.round(m * StrictMath.pow((double) kappa / m, (double) round / rounds));
  }
}
