/**
 * Dynamic sparse training: connections that move while a network is trained.
 *
 * <p>SNIP chooses the connections before the first step and never looks back. But a connection
 * whose weight has stayed near 0 does nothing, and another in its place might. So every so many
 * steps some connections are dropped and as many others grow, at 0; the network has the same number
 * of connections in every step, and every step costs what a sparse step costs:
 *
 * <pre>{@code
 * MoveRules rules = MoveRules.rigl();
 * UpdateSchedule schedule = UpdateSchedule.every(100, 3 * steps / 4, 0.3);
 * MovingConnections moving = new MovingConnections(rules, schedule, sparse, seed);
 * Trainer.fit(sparse, batches, optimizer, rate, steps, seed, moving);
 * }</pre>
 *
 * <p>{@link io.github.snip4j.snip.dynamic.MoveRules} has the rules that have a name, and their
 * sources; any {@link io.github.snip4j.snip.dynamic.DropRule} goes with any {@link
 * io.github.snip4j.snip.dynamic.GrowRule}.
 */
@NullMarked
package io.github.snip4j.snip.dynamic;

import org.jspecify.annotations.NullMarked;
