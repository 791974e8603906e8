package io.github.snip4j.nn.optim;

/**
 * How an optimiser moves numbers against their gradients: element by element, on flat arrays. What
 * the numbers belong to, and whether they are all of a parameter or only the kept ones, it does not
 * know.
 */
public interface UpdateRule {
  /** How many arrays of state it keeps, each as long as the numbers, zero at first. */
  int stateArrays();

  /**
   * The rule and its constants in words, as in {@code Sgd[momentum=0.9, nesterov=false,
   * weightDecay=5.0E-4]}. State goes on only under a rule with the same description, so it must say
   * all that the numbers in it depend on. By default {@code toString()}, which says so of records.
   */
  default String description() {
    return toString();
  }

  /** This rule without weight decay, for numbers that should not be drawn towards 0. */
  UpdateRule withoutDecay();

  /**
   * Updates the elements in {@code [from, to)}.
   *
   * @param w the numbers, modified
   * @param g their gradients, not modified
   * @param state the state, modified
   * @param rate learning rate of this step
   * @param step number of the step, from 1 on
   */
  void update(float[] w, float[] g, float[][] state, int from, int to, double rate, long step);
}
