package io.github.snip4j.nn.optim;

import io.github.snip4j.nn.Parameter;
import java.util.function.Predicate;

/**
 * Parameters that an {@link Optimizer} moves in another way than the others.
 *
 * @param of which they are
 * @param rateFactor what the learning rate is multiplied by, at least 0
 * @param decays whether weight decay holds for them
 * @param frozen whether they are not moved at all: they take no part in training, and have no state
 */
public record Group(Predicate<Parameter> of, double rateFactor, boolean decays, boolean frozen) {
  /** Checks the factor. */
  public Group {
    if (!(rateFactor >= 0 && rateFactor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "group: rate factor " + rateFactor + ": expected at least 0");
    }
  }

  /** Parameters whose learning rate is multiplied by a factor. */
  public static Group rate(double factor, Predicate<Parameter> of) {
    return new Group(of, factor, true, false);
  }

  /** Parameters without weight decay. */
  public static Group withoutDecay(Predicate<Parameter> of) {
    return new Group(of, 1, false, false);
  }

  /** Parameters that stay as they are. */
  public static Group frozen(Predicate<Parameter> of) {
    return new Group(of, 0, false, true);
  }
}
