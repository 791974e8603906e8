/**
 * Weights as matrices, of which all or few elements exist. An operation asks for the {@link
 * io.github.snip4j.core.internal.sparse.Matrix} of a weight, and gets a dense or a sparse one;
 * where the elements of a sparse one are is its {@link
 * io.github.snip4j.core.internal.sparse.SparsePattern}, which also keeps what kernels work out for
 * it.
 */
@NullMarked
package io.github.snip4j.core.internal.sparse;

import org.jspecify.annotations.NullMarked;
