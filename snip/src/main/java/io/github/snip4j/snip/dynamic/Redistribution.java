package io.github.snip4j.snip.dynamic;

/**
 * How the connections that grow are shared out among the weights of a network. Their number in all
 * is that of the connections which were dropped, whatever the sharing.
 */
public enum Redistribution {
  /** Each weight grows as many as it dropped: every layer keeps its number of connections. */
  NONE(Evidence.NONE),
  /** In proportion to the mean |∂L/∂w| of a weight's connections, in the update's batch. */
  GRADIENT(Evidence.GRADIENT),
  /**
   * In proportion to the mean |momentum| of a weight's connections [Dettmers, Zettlemoyer,
   * <i>Sparse networks from scratch: faster training without losing performance</i>, 2019, section
   * 3.3].
   */
  MOMENTUM(Evidence.MOMENTUM);

  private final Evidence evidence;

  Redistribution(Evidence evidence) {
    this.evidence = evidence;
  }

  /** What it needs to know of the connections that exist. */
  public Evidence evidence() {
    return evidence;
  }

  /**
   * Whole numbers in proportion to shares, by Sainte-Laguë's method: the next one goes where share
   * / (2 number + 1) is largest, of equal ones to the first, as long as there is room. Where no
   * share is left that has room, it goes to the first that has some.
   *
   * @param shares 0 or more each
   * @param room the most that each can take
   * @param total at most the room of all together
   */
  static int[] apportioned(double[] shares, int[] room, int total) {
    int[] numbers = new int[shares.length];
    for (int given = 0; given < total; given++) {
      int best = -1;
      double most = -1;
      for (int i = 0; i < shares.length; i++) {
        double claim = shares[i] / (2.0 * numbers[i] + 1);
        if (numbers[i] < room[i] && claim > most) {
          best = i;
          most = claim;
        }
      }
      numbers[best]++;
    }
    return numbers;
  }
}
