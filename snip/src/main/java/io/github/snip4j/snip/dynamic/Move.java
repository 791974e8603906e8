package io.github.snip4j.snip.dynamic;

/**
 * One update of the connections.
 *
 * @param step how many steps were done before it
 * @param moved how many connections exist since then that did not exist before
 * @param everAlive how many connections existed at some time up to now, of all positions
 */
public record Move(long step, int moved, int everAlive) {
  /** Refuses what no update can be. */
  public Move {
    if (step < 1 || moved < 0 || everAlive < moved) {
      throw new IllegalArgumentException(
          ("update of connections: " + moved + " moved after step " + step)
              + (" and " + everAlive + " ever alive: expected a step of 1 or more, and at least")
              + " as many ever alive as moved");
    }
  }
}
