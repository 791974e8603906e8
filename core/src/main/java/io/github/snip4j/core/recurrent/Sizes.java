package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** The lengths of a sequence and its cell: T time steps, F features, H units, N examples. */
record Sizes(int steps, int features, int units, int batch) {
  private static final int GRAIN = 1 << 11; // elements of each gate a thread takes at a time

  /**
   * Checks that the arguments fit together.
   *
   * @param gates rows of w per unit
   * @param biases elements of b per unit
   */
  static Sizes of(String operation, int gates, int biases, Tensor x, Tensor w, Tensor b) {
    Shape matrix = w.shape();
    boolean ranks = x.shape().rank() == 3 && matrix.rank() == 2 && b.shape().rank() == 1;
    int units = ranks ? matrix.dim(0) / gates : 0;
    boolean fits =
        ranks
            && matrix.dim(0) == gates * units
            && matrix.dim(1) == x.shape().dim(1) + units
            && b.size() == biases * units;
    if (!fits || x.size() == 0 || units == 0) {
      throw new IllegalArgumentException(
          (operation + ": x " + x.shape() + ", w " + matrix + ", b " + b.shape())
              + (": expected x [T, F, N], w [" + gates + " H, F + H], b [" + biases + " H]")
              + ", no length 0");
    }
    return new Sizes(x.shape().dim(0), x.shape().dim(1), units, x.shape().dim(2));
  }

  /** Elements of one step's state, {@code [H, N]}. */
  int state() {
    return units * batch;
  }

  /** Elements of one step's x, {@code [F, N]}. */
  int input() {
    return features * batch;
  }

  /** Elements of one step's [x; h], {@code [F + H, N]}. */
  int stacked() {
    return input() + state();
  }

  /** Units a thread takes at a time. */
  int unitsPerPiece() {
    return (GRAIN - 1) / batch + 1;
  }

  Shape inputs() {
    return Shape.of(steps, features, batch);
  }

  Shape outputs() {
    return Shape.of(steps, units, batch);
  }
}
