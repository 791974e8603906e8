package io.github.snip4j.bench.options;

import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.optim.UpdateRule;

/** The optimisers that can be chosen by name. */
public enum OptimizerKind {
  SGD,
  MOMENTUM,
  NESTEROV,
  ADAM,
  ADAMW;

  private static final double MOMENTUM_FACTOR = 0.9; // the paper's

  /** The rule with a weight decay. */
  public UpdateRule create(double weightDecay) {
    return switch (this) {
      case SGD -> new Sgd(0, false, weightDecay);
      case MOMENTUM -> new Sgd(MOMENTUM_FACTOR, false, weightDecay);
      case NESTEROV -> new Sgd(MOMENTUM_FACTOR, true, weightDecay);
      case ADAM -> Adam.adam(weightDecay);
      case ADAMW -> Adam.adamW(weightDecay);
    };
  }

  /** The rate to start with where none is given: the paper's 0.1, or 0.001 for Adam. */
  public double defaultRate() {
    return this == ADAM || this == ADAMW ? 0.001 : 0.1;
  }
}
