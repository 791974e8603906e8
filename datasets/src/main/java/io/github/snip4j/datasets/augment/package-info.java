/**
 * Pictures mirrored, moved, turned: {@link io.github.snip4j.datasets.augment.Augmentation} draws a
 * transform, {@link io.github.snip4j.datasets.augment.Resampler} applies it.
 */
@NullMarked
package io.github.snip4j.datasets.augment;

import org.jspecify.annotations.NullMarked;
