/**
 * Sweeps on a Spark cluster, where each cell is a task ({@link
 * io.github.snip4j.bench.spark.SparkCluster}), and trainings, where each part of a batch is one
 * ({@link io.github.snip4j.bench.spark.SparkParts}). Built by the Maven profile {@code spark}
 * alone.
 */
@NullMarked
package io.github.snip4j.bench.spark;

import org.jspecify.annotations.NullMarked;
