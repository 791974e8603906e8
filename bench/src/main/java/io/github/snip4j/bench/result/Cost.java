package io.github.snip4j.bench.result;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;

/**
 * What training a network takes.
 *
 * @param stepMillis of one step: batch, forward, backward and update
 * @param imagesPerSecond in steps
 * @param parameterBytes of the parameters' values; their gradients take as many
 * @param placeBytes of where the kept values are, and of what kernels keep for them, if the network
 *     is pruned
 * @param optimizerBytes of the optimiser's state, and of what is kept to move connections
 * @param peakHeapBytes of all that was live on the heap while it was training, the data and other
 *     runs of the same program too; in results of before 2026-11-26 with garbage not yet collected
 */
public record Cost(
    double stepMillis,
    double imagesPerSecond,
    long parameterBytes,
    long placeBytes,
    long optimizerBytes,
    long peakHeapBytes) {
  /**
   * The cost of a training that is done.
   *
   * @param momentum bytes that were kept of dense gradients, to move connections
   */
  public static Cost of(
      Network network,
      Optimizer optimizer,
      long momentum,
      TimeBreakdown spent,
      long steps,
      int batch,
      long peakHeap) {
    double step = spent.steps() / steps;
    return new Cost(
        1e3 * step,
        batch / step,
        network.parameters().stream().mapToLong(p -> bytes(p.value())).sum(),
        network.parameters().stream().mapToLong(p -> p.structure().bytes()).sum(),
        optimizer.state().values().stream().mapToLong(Cost::bytes).sum() + momentum,
        peakHeap);
  }

  /** Values, their gradients, places and the optimiser's state. */
  public long modelBytes() {
    return 2 * parameterBytes + placeBytes + optimizerBytes;
  }

  private static long bytes(Tensor tensor) {
    return (long) Float.BYTES * tensor.size();
  }
}
