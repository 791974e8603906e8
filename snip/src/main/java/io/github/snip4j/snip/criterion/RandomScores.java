package io.github.snip4j.snip.criterion;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;

/**
 * Connections are kept by chance: s<sub>j</sub> is uniform, a function of the seed, the parameter's
 * name and j alone. What every other criterion has to be better than.
 */
public record RandomScores() implements Criterion {
  @Override
  public Scores score(Connections connections) {
    Seed seed = connections.seed().child("random scores");
    return connections.scores(connections.each(parameter -> uniform(parameter, seed)));
  }

  private static Tensor uniform(Parameter parameter, Seed seed) {
    Seed own = seed.child(parameter.name());
    Tensor s = Tensor.zeros(parameter.shape());
    for (int j = 0; j < s.size(); j++) {
      s.put(j, (float) (1 - own.uniform(j))); // never 0
    }
    return s;
  }
}
