package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.tensor.Tensor;

/** Which connections of a parameter go when its connections are moved. */
@FunctionalInterface
public interface DropRule {
  /**
   * The connections that stay.
   *
   * @param values those of the connections that exist, by position; not modified
   * @param fraction the share that is to go, in (0, 1)
   * @return the indices of those that stay, ascending
   */
  int[] survivors(Tensor values, double fraction);

  /**
   * The connections with the smallest |w| go, ⌊fraction · number⌋ of them. Of equal ones those with
   * the lower index stay.
   */
  static DropRule smallestMagnitude() {
    return (values, fraction) -> {
      int[] magnitudes = Selection.magnitudes(values);
      int drop = (int) (fraction * magnitudes.length);
      return Selection.largest(magnitudes, magnitudes.length - drop);
    };
  }

  /**
   * The smallest positive and the largest negative weights go: ⌊fraction · number⌋ of either sign
   * [Mocanu, Mocanu, Stone, Nguyen, Gibescu, Liotta, <i>Scalable training of artificial neural
   * networks with adaptive sparse connectivity inspired by network science</i>, Nature
   * Communications 9, 2018, algorithm 1]. A weight that is exactly 0 counts as positive. Of equal
   * ones those with the lower index stay.
   */
  static DropRule nearestToZeroOfEachSign() {
    return (values, fraction) -> {
      int[] magnitudes = Selection.magnitudes(values);
      int[] positive = magnitudes.clone();
      int[] negative = magnitudes.clone();
      int negatives = 0;
      for (int i = 0; i < magnitudes.length; i++) {
        boolean below = values.at(i) < 0;
        (below ? positive : negative)[i] = Selection.NEVER;
        negatives += below ? 1 : 0;
      }
      int positives = magnitudes.length - negatives;
      int[] stay = Selection.largest(positive, positives - (int) (fraction * positives));
      int[] stayBelow = Selection.largest(negative, negatives - (int) (fraction * negatives));
      return Selection.merged(stay, stayBelow);
    };
  }
}
