/**
 * Matrices of which few elements are kept: where they are, {@link
 * io.github.snip4j.core.internal.sparse.SparsePattern}, and the three products that training takes,
 * {@link io.github.snip4j.core.internal.sparse.SparseProduct}. The pattern is made once; the values
 * are an array.
 */
@NullMarked
package io.github.snip4j.core.internal.sparse;

import org.jspecify.annotations.NullMarked;
