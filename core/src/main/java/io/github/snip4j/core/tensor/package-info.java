/**
 * Shapes and tensors.
 *
 * <p>A tensor is a row-major run of floats. The batch is its last axis: activations are {@code
 * [features, N]} or {@code [C, H, W, N]}, so that one weight meets a contiguous run of examples,
 * dense or sparse alike. Weights keep the common convention, {@code [out, in]}.
 */
@NullMarked
package io.github.snip4j.core.tensor;

import org.jspecify.annotations.NullMarked;
