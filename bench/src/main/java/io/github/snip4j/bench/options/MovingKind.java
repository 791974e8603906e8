package io.github.snip4j.bench.options;

import io.github.snip4j.snip.dynamic.MoveRules;

/** The ways for connections to move during training that can be chosen by name. */
public enum MovingKind {
  /** Connections stay where the criterion has put them. */
  OFF,
  /** The nearest to 0 go, others grow at random. */
  SET,
  /** The smallest go, others grow where the gradient is largest. */
  RIGL,
  /** The smallest go, others grow where the mean gradient is largest. */
  MOMENTUM;

  /**
   * The rules.
   *
   * @throws IllegalStateException if there are none
   */
  public MoveRules rules() {
    return switch (this) {
      case OFF -> throw new IllegalStateException("connections that stay have no rules");
      case SET -> MoveRules.set();
      case RIGL -> MoveRules.rigl();
      case MOMENTUM -> MoveRules.sparseMomentum();
    };
  }
}
