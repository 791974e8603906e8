package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * The lengths of a sequence and its cell: T time steps, F features, H units, N examples.
 *
 * <p>Examples do not depend on each other, so they are computed a slice at a time, through all
 * steps; slices are what threads share out, and wait for nothing. Each is laid out for itself, as
 * wide as a kernel's tile, with zeros where there are no more examples: what it needs of one step
 * stays in L1.
 *
 * @param kernels what computes with it, all the way down
 * @param batch N
 * @param first of the examples that these slices have, and {@code count} how many they are
 * @param width of a slice, which suits the kernels
 */
record SequenceShape(
    Kernels kernels,
    GateLayout wiring,
    int steps,
    int features,
    int units,
    int batch,
    int first,
    int count,
    int width) {
  private static final int WIDTH_IN_PLAIN_JAVA = 32;

  /**
   * Checks that the arguments fit together.
   *
   * @param w the matrix's shape
   */
  static SequenceShape of(GateLayout wiring, Tensor x, Shape w, Tensor b) {
    int gates = wiring.gates();
    boolean ranks = x.shape().rank() == 3 && w.rank() == 2 && b.shape().rank() == 1;
    int units = ranks ? w.dim(0) / gates : 0;
    boolean fits =
        ranks
            && w.dim(0) == gates * units
            && w.dim(1) == x.shape().dim(1) + units
            && b.size() == wiring.sums() * units;
    if (!fits || x.shape().dim(0) == 0 || x.shape().dim(1) == 0 || units == 0) {
      throw new IllegalArgumentException(
          (wiring.operation() + ": x " + x.shape() + ", w " + w + ", b " + b.shape())
              + (": expected x [T, F, N], w [" + gates + " H, F + H], b [" + wiring.sums() + " H]")
              + ", T, F and H at least 1");
    }
    int batch = x.shape().dim(2);
    Kernels kernels = KernelChoice.chosen();
    int width = width(batch, kernels.sparse().lanes());
    return new SequenceShape(
        kernels, wiring, x.shape().dim(0), x.shape().dim(1), units, batch, 0, batch, width);
  }

  /** Two vectors, or one if that makes two slices. In plain Java, what there is, up to as much. */
  private static int width(int batch, int lanes) {
    if (lanes == 1) {
      return Math.max(1, Math.min(batch, WIDTH_IN_PLAIN_JAVA));
    }
    return batch <= 2 * lanes ? lanes : 2 * lanes;
  }

  /** These slices; or, where the last one's examples fit into half of it, the others and that. */
  List<SequenceShape> widths() {
    int half = width / 2;
    int rest = count % width;
    if (count < width || rest == 0 || rest > half || half < kernels.sparse().lanes()) {
      return List.of(this);
    }
    return List.of(part(first, count - rest, width), part(first + count - rest, rest, half));
  }

  private SequenceShape part(int from, int examples, int wide) {
    return new SequenceShape(kernels, wiring, steps, features, units, batch, from, examples, wide);
  }

  /** How many slices the examples make. */
  int slices() {
    return (count + width - 1) / width;
  }

  /** How many examples a slice has. */
  int examples(int slice) {
    return Math.min(width, count - slice * width);
  }

  /** Rows of the matrix. */
  int rows() {
    return wiring.gates() * units;
  }

  /** Columns of the matrix. */
  int columns() {
    return features + units;
  }

  /** Elements of one step's state in a slice. */
  int state() {
    return units * width;
  }

  /** Rows of one step's x and states. */
  int stackedRows() {
    return features + wiring.states() * units;
  }

  /** Elements of one step's x and states in a slice. */
  int stacked() {
    return stackedRows() * width;
  }

  /** Elements of one step's sums in a slice. */
  int sums() {
    return wiring.sums() * state();
  }

  Shape inputs() {
    return Shape.of(steps, features, batch);
  }

  Shape outputs() {
    return Shape.of(steps, units, batch);
  }
}
