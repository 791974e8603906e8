package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Exchange;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.DataParallel;
import io.github.snip4j.nn.train.GradientSource;
import java.io.IOException;

/** Other programs that compute the parts of steps, one part each. */
public interface PartWorkers {
  /**
   * A training of a run.
   *
   * @param parallel the copy of the network that is here, as it is before the next step
   * @param dataSha256 of the data, which must be the same everywhere
   * @param shuffle the order of the examples
   * @param seed of what training passes draw
   * @param steps of the whole training
   * @param schedule the learning rate
   * @param batches whole ones, to look where a training has gone wrong
   */
  record Training(
      DataParallel parallel,
      RunOptions options,
      String dataSha256,
      Seed shuffle,
      Seed seed,
      int steps,
      Schedule schedule,
      BatchSource batches) {}

  /** A training that goes on; its gradients throw {@link java.io.UncheckedIOException}. */
  interface Session extends GradientSource {
    /** Nanoseconds until machines had computed their first step, of all beginnings together. */
    long startNanos();

    /** What was sent and computed so far. */
    Exchange exchange();
  }

  /**
   * Lets them take part in a training, in place of the one before.
   *
   * @throws IOException if they cannot be reached
   */
  Session begin(Training training) throws IOException;
}
