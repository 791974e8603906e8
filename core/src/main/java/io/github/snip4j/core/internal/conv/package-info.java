/**
 * Convolution in batch-last layout, dense and sparse, forward and both gradients.
 *
 * <p>With the batch as last axis a row of the output, {@code [W_out, N]}, is one contiguous run,
 * and what one tap of the filter adds to it is one contiguous run of the padded input. So a
 * convolution is a matrix product whose right matrix is read where it lies: nothing is unfolded.
 */
@NullMarked
package io.github.snip4j.core.internal.conv;

import org.jspecify.annotations.NullMarked;
