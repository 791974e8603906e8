package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * The factors of inverted dropout [1]: element i is 0 with probability {@code rate}, else 1 / (1 -
 * rate), so that the expectation stays.
 *
 * <p>[1] Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, <i>DropoutFactors</i>, JMLR 15,
 * 2014.
 */
public final class DropoutFactors {
  private static final int GRAIN = 1 << 13; // elements a thread takes at a time

  private DropoutFactors() {}

  /**
   * A pure function of its arguments: element i is decided by the seed's draw i.
   *
   * @throws IllegalArgumentException if the rate is not in [0, 1)
   */
  public static Tensor factors(Shape shape, double rate, Seed seed) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: rate " + rate + " is not in [0, 1)");
    }
    float kept = (float) (1 / (1 - rate));
    Tensor factors = Tensor.uninitialized(shape);
    Parallel.forRange(
        shape.size(),
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            factors.put(i, seed.uniform(i) < rate ? 0f : kept);
          }
        });
    return factors;
  }
}
