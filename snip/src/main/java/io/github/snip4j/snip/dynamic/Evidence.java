package io.github.snip4j.snip.dynamic;

/** What is known of positions at which there is no connection when connections are moved. */
public enum Evidence {
  /** Nothing: no more is computed than sparse training does. */
  NONE,
  /**
   * ∂L/∂w of the update's batch at every position. Its products are dense, in that one step; it is
   * kept nowhere.
   */
  GRADIENT,
  /**
   * The exponentially weighted mean of ∂L/∂w at every position, over all steps so far. Dense
   * gradients are computed in each step, and the mean takes the memory of the whole parameter: this
   * is not training in sparse memory any more.
   */
  MOMENTUM
}
