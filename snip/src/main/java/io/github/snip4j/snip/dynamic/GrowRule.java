package io.github.snip4j.snip.dynamic;

/**
 * Where connections of a parameter grow when its connections are moved. Several threads may ask at
 * the same time, each about another parameter.
 */
@FunctionalInterface
public interface GrowRule {
  /**
   * Where they grow. A connection that was dropped in the same update may be among them: then it
   * was not dropped at all, and keeps its value.
   *
   * @param count at most the number of {@link Vacancies#count vacancies}
   * @return as many vacant positions, in any order
   */
  int[] grow(Vacancies vacancies, int count);

  /** What the rule needs to know of the vacancies. */
  default Evidence evidence() {
    return Evidence.NONE;
  }

  /** At random, every vacancy as likely as any other: SET. */
  static GrowRule random() {
    return RandomPositions::of;
  }

  /** Where |∂L/∂w| of the update's batch is largest: RigL. Of equal ones the lower index. */
  static GrowRule largestGradient() {
    return new LargestEvidence(Evidence.GRADIENT);
  }

  /**
   * Where the mean of ∂L/∂w over the steps is largest: sparse momentum. Of equal ones the lower
   * index.
   */
  static GrowRule largestMomentum() {
    return new LargestEvidence(Evidence.MOMENTUM);
  }
}
