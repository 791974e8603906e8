package io.github.snip4j.snip;

/**
 * A rule that says how much each connection is worth keeping. One of your own is a function from
 * {@link Connections} to {@link Scores}; {@link Pruner} does the rest.
 *
 * <p>The same connections must get the same scores: what is drawn at random comes from {@link
 * Connections#seed}.
 */
@FunctionalInterface
public interface Criterion {
  /**
   * The scores, which are compared with each other and with nothing else: the larger, the better.
   *
   * @param connections not modified, and the network neither
   * @return a score for every connection
   */
  Scores score(Connections connections);

  /**
   * Its opposite, which keeps what this one prunes first: a check of whether the scores say
   * anything [Frankle, Dziugaite, Roy, Carbin, <i>Pruning neural networks at initialization: why
   * are we missing the mark?</i>, ICLR 2021, section 5].
   */
  default Criterion inverted() {
    return connections -> score(connections).inverted();
  }
}
