package io.github.snip4j.snip.rival;

/** What the weights that are left become when others are pruned layer by layer. */
public enum WeightUpdate {
  /** They stay what they are. */
  NONE,
  /**
   * One after the other is pruned, those with the smallest scores first, and each time the others
   * of the unit move by δw = -w_q / [H⁻¹]_qq H⁻¹ e_q, what is pruned back to 0. H⁻¹ stays that of
   * all weights, as in the code of the authors of the layer-wise surgeon.
   */
  SEQUENTIAL,
  /**
   * They become those with the least error of all that have these connections: the solution of H_SS
   * v = H_S w, S being what is left of a unit.
   */
  LEAST_SQUARES
}
