package io.github.snip4j.autograd;

/**
 * Where the units (features, channels) of an {@link Operation} are.
 *
 * @param axis of the result
 * @param groups into how many the units of x are divided, and the rows of w with them; 0 where the
 *     rows of w belong to the units of x
 */
record Units(int axis, int groups) {
  /** Along the first axis, in one group. */
  static final Units FIRST = new Units(0, 1);
}
