package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellCluster;
import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.cli.option.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * The machines of a Spark cluster. Each cell is a task; one whose program is killed is tried again
 * on another, up to {@code spark.task.maxFailures} times, and goes on from its checkpoint.
 */
public final class SparkCluster implements CellCluster {
  @Override
  public void run(
      String master,
      Path root,
      @Nullable Integer checkpointEvery,
      SortedMap<Integer, Cell> cells,
      Follower follower)
      throws IOException {
    List<CellTask> tasks = new ArrayList<>();
    cells.forEach((number, cell) -> tasks.add(CellTask.of(number, cell, root, checkpointEvery)));
    Arrivals<CellTask.End> ends = new Arrivals<>(end -> accept(end, follower));
    try (JavaSparkContext spark = new JavaSparkContext(SparkSettings.of(master))) {
      RDD<CellTask> one = spark.parallelize(tasks, tasks.size()).rdd(); // a partition for each
      spark.sc().runJob(one, new EachTask(), ends, ClassTag$.MODULE$.apply(CellTask.End.class));
    } catch (Exception e) { // Scala's methods do not say which
      ends.rethrow();
      throw SparkFailure.of(master, e);
    }
  }

  private static void accept(CellTask.End end, Follower follower) throws IOException {
    CellOutcome.Kind kind = end.kind();
    if (kind == null) {
      throw new UserError(String.valueOf(end.why()));
    }
    follower.ended(end.number(), kind, end.why());
  }
}
