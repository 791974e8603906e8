package io.github.snip4j.bench.run;

import io.github.snip4j.snip.Biases;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to run; recorded in the result as it is.
 *
 * @param classes how many the network tells apart; null for as many as the data have
 * @param sparsity the share of connections to prune, in [0, 1)
 * @param iterations training steps
 * @param lr learning rate of the first steps; a tenth of it from 70 % of the steps on, a hundredth
 *     from 90 %
 * @param redraw whether training starts from a second, independent draw of the weights, as in the
 *     authors' code
 * @param kernels how what the pruned network computes with is chosen
 * @param sensitivityBatch examples that the connections are scored on
 */
public record RunOptions(
    String model,
    @Nullable Integer classes,
    DataSpec data,
    double sparsity,
    int iterations,
    int batch,
    double lr,
    double weightDecay,
    Rule optimizer,
    long seed,
    int sensitivityBatch,
    boolean redraw,
    Biases biases,
    KernelRule kernels,
    boolean withDense) {
  /** Nothing but what is marked may be missing. */
  public RunOptions {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(biases, "biases");
    Objects.requireNonNull(kernels, "kernels");
  }

  /** The same on other data. */
  RunOptions withData(DataSpec other) {
    return new RunOptions(
        model,
        classes,
        other,
        sparsity,
        iterations,
        batch,
        lr,
        weightDecay,
        optimizer,
        seed,
        sensitivityBatch,
        redraw,
        biases,
        kernels,
        withDense);
  }
}
