package io.github.snip4j.snip;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.objective.Objective;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the signed sensitivities of several batches become one: after the first batch, g becomes
 * {@code old} g + {@code fresh} g<sub>batch</sub>. "One can accumulate the saliency measure over
 * multiple batches or take an exponential moving average", the paper says of its Algorithm 1.
 *
 * <p>The sensitivities of a batch are those of its loss, the mean over what it {@linkplain
 * Objective#count counts}. In a sum every example counts alike: batches of different sizes count by
 * their sizes, relative to the first. In a moving average every batch counts alike, so that an
 * example of a small one counts for more.
 *
 * <p>Magnitudes are taken at the end: sensitivities of opposite sign cancel out, as they do within
 * a batch. The authors' later code sums so too (Lee et al., <i>A signal propagation perspective for
 * pruning neural networks at initialization</i>, ICLR 2020).
 *
 * @param old what is left of the batches before
 * @param fresh the share of the new batch
 */
public record Accumulation(float old, float fresh) {
  /** g = Σ g<sub>batch</sub>, by sizes, which ranks as the mean over all examples does. */
  public static final Accumulation SUM = new Accumulation(1, 1);

  /**
   * The exponential moving average: g = decay g + (1 - decay) g<sub>batch</sub>.
   *
   * @param decay in [0, 1)
   */
  public static Accumulation movingAverage(double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "moving average: decay " + decay + ": expected a number from 0 up to, not including, 1");
    }
    return new Accumulation((float) decay, (float) (1 - decay));
  }

  /** The sensitivities over all batches, in the order of the batches. */
  public Map<String, Tensor> over(Connections connections, Pass.Mode mode) {
    return PreservingStatistics.by(
        connections.network(),
        () -> {
          Map<String, Tensor> g = new LinkedHashMap<>();
          Objective objective = connections.network().objective();
          double first = objective.count(connections.batches().get(0).targets());
          for (Batch batch : connections.batches()) {
            float size = equals(SUM) ? (float) (objective.count(batch.targets()) / first) : 1f;
            ConnectionSensitivity.of(connections, batch, mode)
                .forEach((name, next) -> g.merge(name, next, (a, b) -> join(a, b, size)));
          }
          return g;
        });
  }

  private Tensor join(Tensor before, Tensor next, float size) {
    Tensor joined = before.copy();
    for (int j = 0; j < joined.size(); j++) {
      joined.put(j, old * joined.at(j) + fresh * size * next.at(j));
    }
    return joined;
  }
}
