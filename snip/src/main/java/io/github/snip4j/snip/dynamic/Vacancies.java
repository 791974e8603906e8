package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The positions of a parameter at which no connection is left after some were dropped: where
 * connections may grow.
 *
 * @param taken the positions that are not vacant
 * @param seed of random draws for this parameter and this update
 * @param known what the rule's {@link GrowRule#evidence} is for every position, vacant or not, in
 *     the parameter's shape; null if that is {@link Evidence#NONE}
 */
public record Vacancies(Structure taken, Seed seed, @Nullable Tensor known) {
  /** How many positions are vacant. */
  public int count() {
    return taken.shape().size() - taken.count();
  }

  /**
   * What is known of every position.
   *
   * @throws IllegalStateException if the rule asked for no evidence
   */
  public Tensor evidence() {
    if (known == null) {
      throw new IllegalStateException(
          "grow rule: looks at evidence that it does not ask for: expected another evidence()");
    }
    return known;
  }
}
