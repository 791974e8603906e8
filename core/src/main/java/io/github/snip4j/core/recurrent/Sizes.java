package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.TapKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** The lengths of a sequence and its cell: T time steps, F features, H units, N examples. */
record Sizes(Wiring wiring, int steps, int features, int units, int batch) {
  private static final int GRAIN = 512; // elements of each gate a thread takes at a time

  /**
   * Checks that the arguments fit together.
   *
   * @param w the matrix's shape
   */
  static Sizes of(Wiring wiring, Tensor x, Shape w, Tensor b) {
    int gates = wiring.gates();
    boolean ranks = x.shape().rank() == 3 && w.rank() == 2 && b.shape().rank() == 1;
    int units = ranks ? w.dim(0) / gates : 0;
    boolean fits =
        ranks
            && w.dim(0) == gates * units
            && w.dim(1) == x.shape().dim(1) + units
            && b.size() == wiring.sums() * units;
    if (!fits || x.size() == 0 || units == 0) {
      throw new IllegalArgumentException(
          (wiring.operation() + ": x " + x.shape() + ", w " + w + ", b " + b.shape())
              + (": expected x [T, F, N], w [" + gates + " H, F + H], b [" + wiring.sums() + " H]")
              + ", no length 0");
    }
    return new Sizes(wiring, x.shape().dim(0), x.shape().dim(1), units, x.shape().dim(2));
  }

  /** Rows of the matrix. */
  int rows() {
    return wiring.gates() * units;
  }

  /** Columns of the matrix. */
  int columns() {
    return features + units;
  }

  /** Elements of one step's state, {@code [H, N]}. */
  int state() {
    return units * batch;
  }

  /** Elements of one step's x, {@code [F, N]}. */
  int input() {
    return features * batch;
  }

  /** Elements of one step's x and states, {@code [F + states H, N]}. */
  int stacked() {
    return input() + wiring.states() * state();
  }

  /** Elements of one step's sums, {@code [sums H, N]}. */
  int sums() {
    return wiring.sums() * state();
  }

  /** Runs something for all units, a few at a time: from a multiple of a strip to another. */
  void forUnits(Parallel.RangeBody body) {
    int strips = (GRAIN - 1) / (batch * TapKernels.STRIP) + 1;
    Parallel.forRange(units, strips * TapKernels.STRIP, body);
  }

  Shape inputs() {
    return Shape.of(steps, features, batch);
  }

  Shape outputs() {
    return Shape.of(steps, units, batch);
  }
}
