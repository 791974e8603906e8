/**
 * One scoring over many machines: each computes parts of the sum, and what travels is the network
 * and the sums. Start at {@link io.github.snip4j.bench.scoring.remote.RemoteSums} and {@link
 * io.github.snip4j.bench.scoring.remote.ScoringRound}.
 */
@NullMarked
package io.github.snip4j.bench.scoring.remote;

import org.jspecify.annotations.NullMarked;
