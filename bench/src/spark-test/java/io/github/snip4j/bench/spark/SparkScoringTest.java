package io.github.snip4j.bench.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.SensitivitySum;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One scoring of many batches, shared out among the machines of a cluster. */
@ExtendWith(ExecutorClassPath.class)
class SparkScoringTest {
  private static final Seed SEED = new Seed(1);
  private static final int BATCHES = 40;

  private static Connections connections() {
    Network network = LeNet300100.create(SEED);
    return Connections.of(network, Biases.SCORED, List.of(), SEED);
  }

  /** The sum over some batches, where they are. */
  private static Iterator<byte[]> sum(Iterator<Integer> numbers) {
    Connections connections = connections();
    BatchSource batches = Mnist.load().split(SEED).train().inOrder(100);
    SensitivitySum sum = SensitivitySum.none(connections);
    numbers.forEachRemaining(
        number -> sum.add(connections, batches.at(number), Pass.Mode.EVALUATE));
    return List.of(sum.toBytes()).iterator();
  }

  private static byte[] merged(byte[] one, byte[] other) {
    Connections connections = connections();
    SensitivitySum sum = SensitivitySum.ofBytes(connections, one);
    sum.merge(SensitivitySum.ofBytes(connections, other));
    return sum.toBytes();
  }

  @Test
  void anyNumberOfPartitionsGivesTheBytesOfOneProgram() throws IOException {
    List<Integer> numbers = IntStream.range(0, BATCHES).boxed().toList();
    byte[] here = sum(numbers.iterator()).next();
    try (JavaSparkContext spark =
        new JavaSparkContext(SparkSettings.of("local-cluster[2,1,1024]"))) {
      for (int partitions : new int[] {1, 2, 7}) {
        byte[] there =
            spark
                .parallelize(numbers, partitions)
                .mapPartitions(SparkScoringTest::sum)
                .treeReduce(SparkScoringTest::merged);
        assertThat(there).isEqualTo(here);
      }
    }
  }

  /**
   * Ends the program that computes the first partition, once its work is done, and not yet told.
   */
  private static Iterator<byte[]> sumOfWhomIsKilled(Iterator<Integer> numbers) {
    Iterator<byte[]> sum = sum(numbers);
    TaskContext task = TaskContext.get();
    if (task.partitionId() == 0 && task.attemptNumber() == 0 && task.stageAttemptNumber() == 0) {
      Runtime.getRuntime().halt(137);
    }
    return sum;
  }

  @Test
  void aMachineThatIsKilledChangesNoByte() throws IOException {
    List<Integer> numbers = IntStream.range(0, BATCHES).boxed().toList();
    AtomicInteger lost = new AtomicInteger();
    try (JavaSparkContext spark =
        new JavaSparkContext(SparkSettings.of("local-cluster[2,1,1024]"))) {
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                  lost.incrementAndGet();
                }
              });
      byte[] there =
          spark
              .parallelize(numbers, 5)
              .mapPartitions(SparkScoringTest::sumOfWhomIsKilled)
              .treeReduce(SparkScoringTest::merged);
      assertThat(there).isEqualTo(sum(numbers.iterator()).next());
      assertThat(lost).hasPositiveValue();
    }
  }
}
