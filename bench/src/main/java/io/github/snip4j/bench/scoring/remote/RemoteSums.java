package io.github.snip4j.bench.scoring.remote;

import io.github.snip4j.bench.scoring.Sums;
import io.github.snip4j.bench.scoring.Term;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.SensitivitySum;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Sums whose parts are computed on the machines of a cluster. */
public final class RemoteSums implements Sums, Closeable {
  private final ScoringCluster.Machines machines;
  private final ScoringStart start;
  private final int parts;

  public RemoteSums(ScoringCluster.Machines machines, ScoringStart start, int parts) {
    this.machines = machines;
    this.start = start;
    this.parts = parts;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a machine refuses the data or the options
   */
  @Override
  public SensitivitySum over(
      Connections connections, Term term, Pass.Mode mode, Map<String, Tensor> v) {
    SensitivitySum sum = SensitivitySum.none(connections);
    try {
      machines.run(
          ScoringRound.of(start, parts, connections, term, mode, v),
          end -> {
            byte[] bytes = end.sum();
            if (bytes == null) {
              throw new IllegalArgumentException(String.valueOf(end.why()));
            }
            sum.merge(SensitivitySum.ofBytes(connections, bytes));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  /** Lets the machines go. */
  @Override
  public void close() throws IOException {
    machines.close();
  }
}
