package io.github.snip4j.snip;

import io.github.snip4j.nn.Parameter;

/** Whether biases are connections. */
public enum Biases implements Scope {
  /**
   * Biases are scored, counted in m, and pruned, as in the paper and its authors' code. A bias that
   * starts at 0 has sensitivity 0, so none survives here. (The authors' code drew its biases like
   * weights until June 2019; then some do.)
   */
  SCORED,
  /** Biases are left as they are, trained, and not counted. */
  EXCLUDED;

  /**
   * Whether this parameter's numbers are connections: weights always, biases if scored, the scale
   * and the shift of a normalisation never.
   */
  @Override
  public boolean prunable(Parameter parameter) {
    return switch (parameter.role()) {
      case WEIGHT -> true;
      case BIAS -> this == SCORED;
      case SCALE, SHIFT -> false;
    };
  }
}
