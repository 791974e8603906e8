/** Runs of several criteria, sparsities and seeds beside each other. */
@NullMarked
package io.github.snip4j.bench.compare;

import org.jspecify.annotations.NullMarked;
