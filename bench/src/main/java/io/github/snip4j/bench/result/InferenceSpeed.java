package io.github.snip4j.bench.result;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.nn.Network;
import java.util.Arrays;

/**
 * How quickly a network answers.
 *
 * @param batch examples at once
 * @param millis for one batch, the median
 */
public record InferenceSpeed(int batch, double millis) {
  private static final int MOST = 5_000; // batches
  private static final long ENOUGH = 1_000_000_000L; // nanoseconds
  private static final int LEAST = 5;

  /** Measures it on the first examples, for about a second after the first few. */
  public static InferenceSpeed of(Network network, Examples examples, int batch) {
    Batch first = examples.inOrder(batch).at(0);
    Workspace workspace = new Workspace();
    double[] millis = new double[MOST];
    int count = 0;
    long begin = System.nanoTime();
    while (count < MOST && (count < LEAST || System.nanoTime() - begin < ENOUGH)) {
      long start = System.nanoTime();
      workspace.run(() -> network.logits(first.x()));
      millis[count++] = (System.nanoTime() - start) / 1e6;
    }
    double[] later = Arrays.copyOfRange(millis, count / 2, count); // compiled by then
    Arrays.sort(later);
    return new InferenceSpeed(batch, later[later.length / 2]);
  }

  /** Examples per second. */
  public double perSecond() {
    return 1e3 * batch / millis;
  }
}
