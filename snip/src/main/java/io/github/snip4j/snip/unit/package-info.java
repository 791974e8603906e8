/**
 * Pruning of whole units: outputs of linear layers, channels of convolutions, units of recurrent
 * cells. What is left is a smaller dense network, which every kernel and every other program
 * computes faster.
 *
 * <pre>{@code
 * Units units = Units.of(network);
 * Map<UnitGroup, double[]> scores = UnitCriterion.connectionSensitivity().score(network, units, batch);
 * KeptUnits kept = UnitSelection.keepArithmetic(units, scores, 0.5);
 * Network smaller = kept.network();
 * }</pre>
 *
 * <p>Units that a network ties together, as the channels of two branches that a residual block
 * adds, are one {@link io.github.snip4j.snip.unit.UnitGroup}: they go together.
 */
@NullMarked
package io.github.snip4j.snip.unit;

import org.jspecify.annotations.NullMarked;
