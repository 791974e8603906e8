/**
 * The methods that Table 1 of the paper compares SNIP with. Each is one class that reads like its
 * paper, and prunes a network of fully connected layers and convolutions:
 *
 * <pre>{@code
 * Rival rival = new LearningWeightsAndConnections(0.92);
 * Network sparse = rival.prune(trained, batches, seed, RivalListener.NONE);
 * }</pre>
 */
@NullMarked
package io.github.snip4j.snip.rival;

import org.jspecify.annotations.NullMarked;
