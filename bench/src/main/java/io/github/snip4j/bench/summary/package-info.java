/**
 * The short form of the benchmarks: what is measured ({@link Plan}), how ({@link Measuring}), what
 * it is held against ({@link Targets}), and the table and the page that it becomes.
 */
@NullMarked
package io.github.snip4j.bench.summary;

import org.jspecify.annotations.NullMarked;
