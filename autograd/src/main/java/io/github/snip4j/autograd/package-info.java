/**
 * Reverse-mode automatic differentiation.
 *
 * <p>A {@link io.github.snip4j.autograd.Variable} is a value and the edges back to what it was
 * computed from. Operations ({@code io.github.snip4j.autograd.op}) make variables from variables;
 * {@link io.github.snip4j.autograd.Variable#backward()} returns the {@link
 * io.github.snip4j.autograd.Gradients} of a number by every leaf it depends on. The engine knows no
 * operation, and nothing has to be zeroed between two uses.
 */
@NullMarked
package io.github.snip4j.autograd;

import org.jspecify.annotations.NullMarked;
