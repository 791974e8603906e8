/**
 * Sweeps on a Spark cluster: each cell is a task. Built by the Maven profile {@code spark} alone.
 * Start at {@link io.github.snip4j.bench.spark.SparkCluster}.
 */
@NullMarked
package io.github.snip4j.bench.spark;

import org.jspecify.annotations.NullMarked;
