/**
 * Shapes and tensors.
 *
 * <p>A tensor is a row-major run of floats. The batch is its last axis: activations are {@code
 * [features, N]} or {@code [C, H, W, N]}, so that one weight meets a contiguous run of examples,
 * dense or sparse alike. Weights keep the common convention, {@code [out, in]}.
 *
 * <pre>
 * Batch last: a tensor [F, N] of N examples with F features lies in memory like this,
 *
 *                example 0   example 1   ...   example N-1
 *   feature 0  [    x           x        ...       x      ]   N floats side by side,
 *   feature 1  [    x           x        ...       x      ]   then the next feature's
 *   ...
 *
 * so that one weight, kept or not, is one number times a contiguous run:
 *
 *   y[o, 0 .. N)  +=  w[o, f] * x[f, 0 .. N)
 * </pre>
 */
@NullMarked
package io.github.snip4j.core.tensor;

import org.jspecify.annotations.NullMarked;
