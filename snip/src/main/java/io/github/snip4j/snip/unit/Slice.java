package io.github.snip4j.snip.unit;

/**
 * Where the units of a group are in a parameter or buffer: unit u has the indices from {@code
 * offset + u each} on, as many as {@code each}, along an axis.
 *
 * @param name of the parameter or buffer
 * @param axis 0 where a unit's own numbers are, 1 where what it sends is weighed
 */
record Slice(String name, int axis, int offset, int each) {}
