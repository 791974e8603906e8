package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.cell.ClusterException;
import io.github.snip4j.bench.cli.option.UserError;

/** Says in one sentence what Spark says in many lines. */
final class SparkFailure {
  private SparkFailure() {}

  /**
   * What to throw for a failure of Spark.
   *
   * @throws UserError if the master is none
   */
  static ClusterException of(String master, Exception e) {
    String said = String.valueOf(e.getMessage());
    if (said.contains("parse Master URL")) {
      throw new UserError(
          "--on "
              + master
              + ": expected a master of Spark, as in spark://host:7077 or local-cluster[2,1,1024]");
    }
    if (said.contains("SPARK-24819")) { // fewer slots than tasks of a barrier stage
      throw new UserError(
          "--on "
              + master
              + ": the cluster has fewer cores than parts: expected a core, or the cores of"
              + " spark.task.cpus, for each part of --parts");
    }
    return new ClusterException("Spark: " + said.lines().findFirst().orElse(e.toString()), e);
  }
}
