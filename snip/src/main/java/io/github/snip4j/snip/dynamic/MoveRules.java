package io.github.snip4j.snip.dynamic;

/**
 * How connections move: which ones go, where others grow, and how many of them in each layer.
 *
 * <p>The three that have a name are sources [1], [2] and [3]. They differ from the published ones
 * in this: a connection that grows begins at 0 in all three, as in RigL (SET draws it at random);
 * the share that moves falls along a cosine in all three; the step whose gradient RigL looks at is
 * taken as well, not skipped; and sparse momentum looks at a mean of gradients of its own, not at
 * the optimiser's state, so that it goes with any optimiser.
 *
 * <p>[1] Mocanu, Mocanu, Stone, Nguyen, Gibescu, Liotta, <i>Scalable training of artificial neural
 * networks with adaptive sparse connectivity inspired by network science</i>, Nature Communications
 * 9, 2018.
 *
 * <p>[2] Evci, Gale, Menick, Castro, Elsen, <i>Rigging the lottery: making all tickets winners</i>,
 * ICML 2020.
 *
 * <p>[3] Dettmers, Zettlemoyer, <i>Sparse networks from scratch: faster training without losing
 * performance</i>, arXiv 1907.04840, 2019.
 *
 * @param drop which connections go
 * @param grow where others grow
 * @param redistribution how many grow in each layer
 */
public record MoveRules(DropRule drop, GrowRule grow, Redistribution redistribution) {
  /** Sparse evolutionary training [1]: the nearest to 0 of either sign go, others grow anywhere. */
  public static MoveRules set() {
    return new MoveRules(
        DropRule.nearestToZeroOfEachSign(), GrowRule.random(), Redistribution.NONE);
  }

  /** RigL [2]: the smallest go, others grow where the gradient is largest. */
  public static MoveRules rigl() {
    return new MoveRules(
        DropRule.smallestMagnitude(), GrowRule.largestGradient(), Redistribution.NONE);
  }

  /**
   * Sparse momentum [3]: the smallest go, others grow where the momentum is largest, more of them
   * in layers whose connections have more of it.
   */
  public static MoveRules sparseMomentum() {
    return new MoveRules(
        DropRule.smallestMagnitude(), GrowRule.largestMomentum(), Redistribution.MOMENTUM);
  }

  /** These rules with another redistribution. */
  public MoveRules with(Redistribution other) {
    return new MoveRules(drop, grow, other);
  }

  /** Whether a mean of dense gradients has to be kept. */
  boolean needsMomentum() {
    return grow.evidence() == Evidence.MOMENTUM || redistribution == Redistribution.MOMENTUM;
  }

  /** Whether an update needs the gradient at every position. */
  boolean needsWholeGradient() {
    return grow.evidence() == Evidence.GRADIENT;
  }
}
