/**
 * What a training loop is fed with: {@link io.github.snip4j.core.data.Batch} and where batches come
 * from.
 */
@NullMarked
package io.github.snip4j.core.data;

import org.jspecify.annotations.NullMarked;
