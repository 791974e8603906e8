package io.github.snip4j.snip.criterion;

import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;

/**
 * The largest weights are kept: s<sub>j</sub> ∝ |w<sub>j</sub>|. Looks at no data [Janowsky,
 * <i>Pruning versus clipping in neural networks</i>, 1989; Han, Pool, Tran, Dally, <i>Learning both
 * weights and connections for efficient neural networks</i>, 2015, where it follows a training].
 */
public record Magnitude() implements Criterion {
  @Override
  public Scores score(Connections connections) {
    return connections.scores(connections.each(connections::weights));
  }
}
