package io.github.snip4j.bench.scoring.remote;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.DrawSpec;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.snip.Biases;

/**
 * What is the same in all rounds of a scoring: what the batches are, and which numbers are
 * connections.
 *
 * @param data under the name that all machines find them by
 * @param dataSha256 the digest of the data, which must be the same everywhere
 * @param sensitivityBatch examples of a batch
 */
public record ScoringStart(
    DataSpec data,
    String dataSha256,
    long seed,
    DrawSpec draw,
    Biases biases,
    ScoringSpec scoring,
    int sensitivityBatch) {
  /** This one with data that programs in other working folders find. */
  ScoringStart found() {
    return new ScoringStart(
        data.found(), dataSha256, seed, draw, biases, scoring, sensitivityBatch);
  }
}
