/**
 * The operations: each is one static method that computes the value, says what kind of function it
 * is (an {@link io.github.snip4j.autograd.Operation}), and gives one line per input that pulls a
 * gradient back through it.
 */
@NullMarked
package io.github.snip4j.autograd.op;

import org.jspecify.annotations.NullMarked;
