/**
 * Labelled pictures and tables: reading, splitting, normalising, augmenting, batching.
 *
 * <p>{@link io.github.snip4j.datasets.Mnist}, {@link io.github.snip4j.datasets.FashionMnist},
 * {@link io.github.snip4j.datasets.Cifar10} and {@link io.github.snip4j.datasets.TinyImageNet} read
 * {@link io.github.snip4j.datasets.Pictures}, which are split by seed; {@link
 * io.github.snip4j.datasets.ExampleFiles} reads those that people have. Pixels stay bytes until a
 * batch is made; then they become normalised floats with the batch as the last axis. {@link
 * io.github.snip4j.datasets.Loader} does that ahead of time.
 */
@NullMarked
package io.github.snip4j.datasets;

import org.jspecify.annotations.NullMarked;
