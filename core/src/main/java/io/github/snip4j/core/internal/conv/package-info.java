/**
 * Convolution in batch-last layout, dense and sparse, forward and both gradients.
 *
 * <p>With the batch as last axis a row of the output, {@code [W_out, N]}, is one contiguous run,
 * and what one tap of the filter adds to it is one contiguous run of the padded input. So a
 * convolution is a matrix product whose right matrix is read where it lies: nothing is unfolded,
 * except for answers to few examples.
 *
 * <pre>
 * What one tap, the weight w[o, c, i, j], adds to row h of output channel o (stride 1):
 *
 *   padded input, channel c                       output, channel o
 *   row h+i:  . . [ x x x x x x x x x ] .          row h:  [ y y y y y y y y y ]
 *                 ^ begins at column j                        ^
 *                 W_out times N floats, side by side          W_out times N floats
 *
 *                            y[0 .. W_out N)  +=  w[o, c, i, j] * x[0 .. W_out N)
 *
 * The table of offsets says, for each tap (c, i, j), where its run of x begins: that is all the
 * product needs to know. A pruned tap is an offset that is not in the table.
 * </pre>
 *
 * <p>The definition in plain loops is {@link
 * io.github.snip4j.core.internal.naive.NaiveConvolution}: read that, the rest is speed.
 */
@NullMarked
package io.github.snip4j.core.internal.conv;

import org.jspecify.annotations.NullMarked;
