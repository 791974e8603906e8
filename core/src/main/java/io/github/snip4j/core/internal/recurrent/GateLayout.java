package io.github.snip4j.core.internal.recurrent;

import org.jspecify.annotations.Nullable;

/**
 * What a cell's matrix multiplies, and where the products go.
 *
 * <p>Each gate has a row per unit, for [x<sub>t</sub>; h<sub>t-1</sub>], and a sum per unit. The
 * last gate may differ: its product with the state may be with another state, r h<sub>t-1</sub>,
 * which lies below the first; or may go to another sum, which lies below the others.
 *
 * @param operation the cell's name, for errors
 * @param gates rows of the matrix per unit
 * @param sums per unit, each with a bias
 * @param states per unit: 1, or 2 if the last gate has its own
 */
record GateLayout(String operation, int gates, int sums, int states) {
  @Override
  public boolean equals(@Nullable Object other) { // not the JDK's: it is part of a Layout.Key
    return other instanceof GateLayout layout
        && operation.equals(layout.operation)
        && gates == layout.gates
        && sums == layout.sums
        && states == layout.states;
  }

  @Override
  public int hashCode() {
    return operation.hashCode();
  }

  /** The sum that a gate's product with these columns is part of. */
  int sum(int gate, InputOrState columns) {
    return columns == InputOrState.STATE && gate == gates - 1 ? sums - 1 : gate;
  }

  /** Which of the states a gate sees. */
  int state(int gate) {
    return gate == gates - 1 ? states - 1 : 0;
  }
}
