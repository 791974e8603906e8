/**
 * Networks: layers and their parameters, and the pass that brings the parameters into the graph.
 *
 * <p>A {@link io.github.snip4j.nn.Layer} asks its {@link io.github.snip4j.nn.Pass} for each
 * parameter, as a weight to multiply by or as a variable, and never learns how it got there: as it
 * is, as a leaf to train, or as c ⊙ w with a mask variable c for every connection; nor which of its
 * numbers exist. That is all that pruning needs of a network.
 */
@NullMarked
package io.github.snip4j.nn;

import org.jspecify.annotations.NullMarked;
