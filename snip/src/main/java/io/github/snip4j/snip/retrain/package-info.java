/**
 * Pruning during and after training: in rounds of pruning and retraining, or gradually while a
 * network is trained. Training gets faster as the network gets sparser: each time what is left is
 * stored as it is computed fastest.
 *
 * <pre>{@code
 * PruningRounds rounds = new PruningRounds(
 *     Pruner.of(new Magnitude()), Biases.SCORED, Levels.GEOMETRIC, 8, 0.98);
 * rounds.run(network, List.of(), seed, (next, round) -> Trainer.fit(next, ...));
 * }</pre>
 *
 * <p>Whatever the criterion and the allocation; the network is changed in place.
 */
@NullMarked
package io.github.snip4j.snip.retrain;

import org.jspecify.annotations.NullMarked;
