/**
 * Cells of a sweep: many runs, each in a folder of its own below one root. A comparison is one way
 * to choose them.
 */
@NullMarked
package io.github.snip4j.bench.cell;

import org.jspecify.annotations.NullMarked;
