package io.github.snip4j.snip.criterion;

import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Accumulation;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;
import java.util.Map;
import java.util.Objects;

/**
 * Skeletonization, the ancestor of connection sensitivity: the relevance of a whole unit, the
 * derivative of the loss by a gate α<sub>i</sub> on what unit i sends, at α = 1 [Mozer, Smolensky,
 * <i>Skeletonization: a technique for trimming the fat from a network via relevance assessment</i>,
 * NIPS 1988, equation 5].
 *
 * <p>The gate is one c for all connections that leave the unit, so its derivative is the sum of
 * theirs, of those that there are: ∂L/∂α<sub>i</sub> = Σ<sub>k</sub> c<sub>ki</sub>
 * ∂L/∂c<sub>ki</sub>. Each connection gets the magnitude of the unit that it comes from: of a
 * weight {@code [out, in, ...]} all of one {@code in} score alike; of a convolution in groups,
 * whose weight is {@code [out, in / groups, ...]}, all of one {@code in} and one group. How many
 * groups there are, the {@linkplain io.github.snip4j.autograd.Operation operation} says. The biases
 * of a layer come from one unit that is always on.
 *
 * <p>There the error's magnitude was differentiated, and relevance averaged over time as {@link
 * Accumulation#movingAverage} does with 0.8; here it is the loss that is trained on.
 *
 * @param accumulation how several batches become one
 * @param mode whether batch norms use their running statistics, or those of each batch
 */
public record UnitRelevance(Accumulation accumulation, Pass.Mode mode) implements Criterion {
  /** Scores in evaluation mode, as connection sensitivity is scored. */
  public UnitRelevance() {
    this(Accumulation.SUM, Pass.Mode.EVALUATE);
  }

  @Override
  public Scores score(Connections connections) {
    return scores(connections, accumulation.over(connections, mode));
  }

  /**
   * The scores from signed sensitivities ∂L/∂c that were found elsewhere, as those of {@link
   * io.github.snip4j.snip.SensitivitySum#mean}.
   *
   * @param g by parameter name, not modified
   */
  public static Scores scores(Connections connections, Map<String, Tensor> g) {
    Map<String, Integer> groups = Groups.of(connections);
    return connections.scores(
        connections.each(
            p ->
                bySource(
                    Broadcast.multiply(connections.c(p), of(g, p.name())), of(groups, p.name()))));
  }

  private static <T> T of(Map<String, T> byName, String name) {
    return Objects.requireNonNull(byName.get(name));
  }

  /** Each element becomes the sum of those with the same second coordinate in its group of rows. */
  private static Tensor bySource(Tensor g, int groups) {
    Shape shape = g.shape();
    if (shape.rank() == 1) {
      return bySource(g, 1, g.size(), 1);
    }
    if (groups == 0) { // a unit for each row, as in a table
      return bySource(g, shape.dim(0), 1, shape.size() / shape.dim(0));
    }
    int rows = shape.dim(0) / groups;
    int sources = shape.dim(1);
    return bySource(g, sources, rows, shape.size() / (shape.dim(0) * sources)); // kH kW
  }

  private static Tensor bySource(Tensor g, int sources, int rows, int perSource) {
    int perGroup = rows * sources * perSource;
    double[] relevance = new double[g.size() / (rows * perSource)];
    Tensor s = Tensor.zeros(g.shape());
    for (int j = 0; j < g.size(); j++) {
      relevance[j / perGroup * sources + j / perSource % sources] += g.at(j);
    }
    for (int j = 0; j < g.size(); j++) {
      s.put(j, (float) relevance[j / perGroup * sources + j / perSource % sources]);
    }
    return s;
  }
}
