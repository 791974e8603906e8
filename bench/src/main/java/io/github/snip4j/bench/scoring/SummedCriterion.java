package io.github.snip4j.bench.scoring;

import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.criterion.UnitRelevance;
import java.util.Map;
import java.util.Objects;

/**
 * A criterion on the mean over all examples of many batches, whose sum is exact.
 *
 * @param spec of a criterion that looks at data
 * @param sums computes them
 * @param sensitivities takes the signed sensitivities of the last round, if that is the criterion
 */
public record SummedCriterion(ScoringSpec spec, Sums sums, Map<String, Tensor> sensitivities)
    implements Criterion {
  @Override
  public Scores score(Connections connections) {
    return switch (spec.criterion()) {
      case SNIP, ITERATIVE_SNIP, FORCE -> {
        sensitivities.putAll(mean(connections, Term.SENSITIVITY, Map.of()));
        yield connections.scores(sensitivities);
      }
      case SKELETON ->
          UnitRelevance.scores(connections, mean(connections, Term.SENSITIVITY, Map.of()));
      case OBD -> connections.scores(mean(connections, Term.SALIENCY, Map.of()));
      case GRASP -> gradientFlow(connections);
      case RANDOM, MAGNITUDE, SYNFLOW ->
          throw new IllegalStateException(spec.criterion() + " looks at no data");
    };
  }

  /** w ⊙ H g: no sum of what batches give, but two sums, one after the other. */
  private Scores gradientFlow(Connections connections) {
    Map<String, Tensor> g = mean(connections, Term.GRADIENT, Map.of());
    Map<String, Tensor> hg = mean(connections, Term.HESSIAN_PRODUCT, g);
    return connections.signedScores(
        connections.each(
            p ->
                Broadcast.multiply(
                    connections.weights(p), Objects.requireNonNull(hg.get(p.name())))));
  }

  private Map<String, Tensor> mean(Connections connections, Term term, Map<String, Tensor> v) {
    return sums.over(connections, term, spec.batchNorm(), v).mean();
  }
}
