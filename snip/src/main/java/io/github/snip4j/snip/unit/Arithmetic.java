package io.github.snip4j.snip.unit;

import io.github.snip4j.core.tensor.Shape;

/**
 * The multiply-adds of one example in a weight.
 *
 * @param name of the weight
 * @param shape of the weight, {@code [out, in, ...]}
 * @param positions how often each of its numbers is used: pixels of the output, time steps
 */
record Arithmetic(String name, Shape shape, int positions) {}
