package io.github.snip4j.bench.result;

import java.util.List;
import java.util.Objects;

/**
 * What there is to say of a pruning when its scores are gone.
 *
 * @param m the number of connections that were scored
 * @param kappa how many of them were kept
 * @param zeroScores how many have score 0
 * @param keptZeroScores how many of those were kept
 * @param tiesAtCut how many have exactly the score of the cut where only some could be kept
 * @param parameters what is kept per parameter
 * @param soundness whether the mask is sound
 * @param scores how many connections have which score
 * @param seconds for scoring and selecting
 */
public record PruningSummary(
    int m,
    int kappa,
    int zeroScores,
    int keptZeroScores,
    int tiesAtCut,
    List<KeptCount> parameters,
    MaskHealth soundness,
    Histogram scores,
    double seconds) {
  /** Nothing may be missing. */
  public PruningSummary {
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(soundness, "soundness");
    Objects.requireNonNull(scores, "scores");
  }

  /** How many connections are kept by their index alone: with score 0, as some that are not. */
  public int chosenByIndex() {
    return chosenByIndex(zeroScores, keptZeroScores, tiesAtCut);
  }

  /**
   * How many kept connections have score 0, if the cut is there: some of those are kept, others
   * not.
   */
  public static int chosenByIndex(int zeroScores, int keptZeroScores, int tiesAtCut) {
    return tiesAtCut > 0 && keptZeroScores < zeroScores ? keptZeroScores : 0;
  }
}
