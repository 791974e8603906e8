/**
 * Recurrent cells over whole sequences, forward and backward through time.
 *
 * <p>A cell has one matrix: a row for each gate of each unit, a column for each feature of the
 * input x<sub>t</sub> and then one for each unit of the state h<sub>t-1</sub>. So a time step is
 * one product with [x<sub>t</sub>; h<sub>t-1</sub>], and a weight is a connection that can be
 * pruned like any other.
 */
@NullMarked
package io.github.snip4j.core.internal.recurrent;

import org.jspecify.annotations.NullMarked;
