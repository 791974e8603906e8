package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.scoring.remote.ScoringCluster;
import io.github.snip4j.bench.scoring.remote.ScoringRound;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag$;

/**
 * The parts of a scoring as tasks of a Spark cluster. Sums are added here as they arrive, and not
 * kept.
 */
public final class SparkScoring implements ScoringCluster {
  @Override
  public Machines on(String master) throws IOException {
    SparkConf settings = SparkSettings.of(master);
    settings.setIfMissing("spark.driver.maxResultSize", "0"); // 24 bytes for each connection
    try {
      return new Context(master, new JavaSparkContext(settings));
    } catch (Exception e) { // Scala's methods do not say which
      throw SparkFailure.of(master, e);
    }
  }

  private record Context(String master, JavaSparkContext spark) implements Machines {
    @Override
    public void run(ScoringRound round, Consumer<ScoringRound.End> arrived) throws IOException {
      List<Integer> numbers = IntStream.range(0, round.parts()).boxed().toList();
      Broadcast<ScoringRound> sent = spark.broadcast(round);
      Arrivals<ScoringRound.End> arrivals = new Arrivals<>(arrived::accept);
      try {
        RDD<Integer> one = spark.parallelize(numbers, numbers.size()).rdd(); // a partition for each
        spark
            .sc()
            .runJob(
                one, new EachSum(sent), arrivals, ClassTag$.MODULE$.apply(ScoringRound.End.class));
      } catch (Exception e) { // Scala's methods do not say which
        arrivals.rethrow();
        throw SparkFailure.of(master, e);
      } finally {
        sent.unpersist();
      }
    }

    @Override
    public void close() {
      spark.close();
    }
  }
}
