package io.github.snip4j.bench.scoring;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.SensitivitySum;
import java.util.Map;

/** Computes exact sums over the batches of a scoring, here or elsewhere. */
public interface Sums {
  /**
   * The sum over all batches.
   *
   * @param v the vector of a product, by parameter name; empty for others
   * @throws java.io.UncheckedIOException if machines that compute cannot be had, or fail
   */
  SensitivitySum over(Connections connections, Term term, Pass.Mode mode, Map<String, Tensor> v);

  /** Those of the connections' own batches in parts, one after the other, in this program. */
  static Sums here(int parts) {
    return (connections, term, mode, v) -> {
      SensitivitySum sum = SensitivitySum.none(connections);
      for (int part = 0; part < parts; part++) {
        sum.merge(term.sum(connections, connections.batches(), part, parts, mode, v));
      }
      return sum;
    };
  }
}
