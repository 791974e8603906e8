/**
 * Matrix products: the {@link io.github.snip4j.core.internal.blas.Gemm} contract, its plain and
 * jblas implementations, and the choice between them and the vector one.
 */
@NullMarked
package io.github.snip4j.core.internal.blas;

import org.jspecify.annotations.NullMarked;
