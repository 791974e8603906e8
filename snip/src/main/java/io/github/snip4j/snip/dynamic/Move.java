package io.github.snip4j.snip.dynamic;

/**
 * One update of the connections.
 *
 * @param step how many steps were done before it
 * @param moved how many connections exist since then that did not exist before
 * @param everAlive how many connections existed at some time up to now, of all positions
 */
public record Move(long step, int moved, int everAlive) {}
