/**
 * The networks of the paper, by name ({@link Models}): fully connected, convolutional, residual and
 * recurrent ones, each for a {@link Task} and exact to the number of connections.
 */
@NullMarked
package io.github.snip4j.nn.model;

import org.jspecify.annotations.NullMarked;
