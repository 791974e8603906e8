package io.github.snip4j.snip.retrain;

/** How sparse a network is on the way to a sparsity. */
public enum Levels {
  /**
   * Each round prunes the same share of what is left: 1 - (1 - s)<sup>t</sup> [Han, Pool, Tran,
   * Dally, <i>Learning both weights and connections for efficient neural networks</i>, NIPS 2015;
   * Frankle, Carbin, <i>The lottery ticket hypothesis</i>, ICLR 2019].
   */
  GEOMETRIC {
    @Override
    double share(double t, double sparsity) {
      return 1 - StrictMath.pow(1 - sparsity, t);
    }
  },
  /**
   * Much at first, little at the end: s (1 - (1 - t)<sup>3</sup>) [Zhu, Gupta, <i>To prune, or not
   * to prune</i>, 2017, equation 1].
   */
  CUBIC {
    @Override
    double share(double t, double sparsity) {
      return sparsity * (1 - (1 - t) * (1 - t) * (1 - t));
    }
  };

  abstract double share(double t, double sparsity);

  /**
   * The share of connections that is pruned.
   *
   * @param t how much of the way is done, in [0, 1]
   * @param sparsity at its end, in [0, 1)
   * @throws IllegalArgumentException if one is out of its range
   */
  public double at(double t, double sparsity) {
    if (!(t >= 0 && t <= 1 && sparsity >= 0 && sparsity < 1)) {
      throw new IllegalArgumentException(
          ("levels: " + t + " of the way to sparsity " + sparsity)
              + ": expected a share in [0, 1] and a sparsity in [0, 1)");
    }
    return t == 1 ? sparsity : share(t, sparsity);
  }
}
