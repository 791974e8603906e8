/**
 * Optimisers, which update flat arrays, and learning rate schedules.
 *
 * <p>An {@link Optimizer} applies an {@link UpdateRule}, which is {@link Sgd} or {@link Adam}, to
 * the parameters of a network; a {@link Schedule} gives it the rate of each step: constant,
 * piecewise, step, cosine, any of them after a warm-up.
 */
@NullMarked
package io.github.snip4j.nn.optim;

import org.jspecify.annotations.NullMarked;
