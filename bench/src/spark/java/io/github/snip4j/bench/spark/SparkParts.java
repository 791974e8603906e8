package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.parts.PartCluster;
import io.github.snip4j.bench.parts.PartTask;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The parts of batches as the tasks of one stage in Spark's barrier mode, which starts all of them
 * at the same time, and all of them anew where one fails. Gradients do not go through Spark: its
 * {@code allGather} takes texts, asks the driver, and looks for the answer once a second.
 */
public final class SparkParts implements PartCluster {
  @Override
  public void run(String master, int parts, Function<String, PartTask> task)
      throws IOException, InterruptedException {
    SparkConf settings = SparkSettings.of(master);
    settings.setIfMissing(
        "spark.stage.maxConsecutiveAttempts", "20"); // each loses less than a step
    settings.setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    settings.setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "30");
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      PartTask work = task.apply(spark.getConf().get("spark.driver.host"));
      List<Integer> numbers = IntStream.range(0, parts).boxed().toList();
      RDD<Integer> one = spark.parallelize(numbers, parts).rdd(); // a partition for each
      ClassTag<Integer> integers = ClassTag$.MODULE$.apply(Integer.class);
      RDD<Integer> done = one.barrier().mapPartitions(new EachPart(work), false, integers);
      // Spark runs a barrier stage again only where a shuffle follows it
      JavaRDD.fromRDD(done, integers).repartition(1).count();
    } catch (Exception e) { // Scala's methods do not say which
      if (e instanceof InterruptedException ended) {
        throw ended;
      }
      throw SparkFailure.of(master, e);
    }
  }
}
