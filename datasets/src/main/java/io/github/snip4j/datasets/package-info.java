/**
 * Labelled pictures: reading, splitting, normalising, batching.
 *
 * <p>Pixels stay bytes until a batch is made; then they become normalised floats with the batch as
 * the last axis.
 */
@NullMarked
package io.github.snip4j.datasets;

import org.jspecify.annotations.NullMarked;
