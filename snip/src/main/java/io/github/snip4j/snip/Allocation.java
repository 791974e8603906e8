package io.github.snip4j.snip;

import io.github.snip4j.snip.Masks.Ties;
import java.util.Map;

/** How κ is shared out among the layers. */
@FunctionalInterface
public interface Allocation {
  /**
   * Keeps κ connections, in each layer those with the largest scores.
   *
   * @throws IllegalArgumentException if there are not so many connections, or all scores are 0
   */
  Masks keep(Scores scores, int kappa);

  /** One ranking for the whole network: the paper's. */
  static Allocation global() {
    return Masks::keepTop;
  }

  /** One ranking for the whole network, with all ties at the cut: more than κ may be kept. */
  static Allocation threshold() {
    return (scores, kappa) -> Masks.keepTop(scores, kappa, Ties.ALL);
  }

  /** An equal density in every layer. */
  static Allocation uniform() {
    return Quotas.shares((layer, scores) -> scores.size());
  }

  /**
   * Erdős-Rényi-kernel: the density of a weight {@code [out, in, kH, kW]} goes with (out + in + kH
   * + kW) / (out in kH kW), so that thin layers keep more [Evci, Gale, Menick, Castro, Elsen,
   * <i>Rigging the lottery: making all tickets winners</i>, ICML 2020, section 3]. Of a convolution
   * in groups, in is the number of channels that a filter looks at.
   */
  static Allocation erdosRenyiKernel() {
    return Quotas.shares((layer, scores) -> Quotas.dimensions(scores));
  }

  /**
   * Constant fan-in: as many inputs for every unit of a weight. Each weight keeps as many
   * connections as {@link #erdosRenyiKernel} gives it; every unit (a row, an output channel with
   * all that it looks at, a gate's unit) keeps the same number of them, those with its largest
   * scores. What is left after division, fewer than there are units, goes one each to the units
   * whose next score is largest. So the number in all is exact, and no unit is without inputs while
   * there is one for each [Prabhu, Varma, Namboodiri, <i>Deep expander networks: efficient deep
   * networks from graph theory</i>, ECCV 2018].
   */
  static Allocation constantFanIn() {
    return ConstantFanIn.within(erdosRenyiKernel());
  }

  /**
   * Densities of your own, layer by layer: they are to each other as these numbers, as far as the
   * layers are large enough.
   *
   * @param densities by layer, one for each that has scores
   */
  static Allocation perLayer(Map<String, Double> densities) {
    return Quotas.byDensity(densities);
  }
}
