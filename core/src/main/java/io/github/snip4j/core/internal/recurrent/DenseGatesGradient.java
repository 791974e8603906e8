package io.github.snip4j.core.internal.recurrent;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * The gradient with respect to all weights of {@link DenseGates}: a product of the sums' gradients
 * and the transposed [x; h], whose sums run over the examples of all steps.
 *
 * <p>Implementation note: both are packed as {@link IndirectGemmKernels} has them, the few steps
 * that are added at a time, so that all stays in L2.
 */
final class DenseGatesGradient implements WeightGradient {
  /** Rows whose gradients with respect to the sums are packed at a time. */
  private static final int HEIGHT = 64;

  private final IndirectGemmKernels kernels;
  private final SequenceShape sizes;
  private final int rowStep; // from one example to the next of [x; h], transposed
  private final float[] seen; // [steps, width, rowStep]: [x; h], transposed
  private final int[] offsets; // of its examples
  private final float[] packed; // [HEIGHT / 8, steps, width, 8]
  private final Tensor dw;
  private boolean empty = true;

  /**
   * @param steps added at a time, at most
   */
  DenseGatesGradient(SequenceShape sizes, int steps) {
    this.sizes = sizes;
    this.kernels = sizes.kernels().taps();
    int rows = sizes.stackedRows();
    int examples = Math.min(steps, sizes.steps()) * sizes.width();
    rowStep = (rows - 1) / MR * MR + MR + CacheLine.LENGTH; // no power of two
    seen = Workspace.floats(examples * rowStep);
    offsets = Workspace.ints(examples);
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = k * rowStep;
    }
    packed = Workspace.floats(HEIGHT * examples);
    dw = Tensor.uninitialized(Shape.of(sizes.rows(), sizes.columns()));
  }

  @Override
  public void add(SavedActivations tape, int from, int to, float[] dSums, int at) {
    int n = sizes.width();
    for (int t = from; t < to; t++) {
      int seenAt = (t - from) * n * rowStep;
      int rows = sizes.stackedRows();
      PanelPacking.transpose(tape.stacked, tape.stacked(t), 1, n, n, rows, seen, seenAt, rowStep);
    }
    for (int gate = 0; gate < sizes.wiring().gates(); gate++) {
      for (int unit = 0; unit < sizes.units(); unit += HEIGHT) {
        addRows(gate, unit, to - from, dSums, at);
      }
    }
    empty = false;
  }

  @Override
  public Tensor finish() {
    if (empty) { // there were no examples
      Arrays.fill(dw.data(), dw.offset(), dw.offset() + dw.size(), 0f);
    }
    Workspace.giveBack(seen);
    Workspace.giveBack(offsets);
    Workspace.giveBack(packed);
    return dw;
  }

  /** Some units of a gate, from {@code unit} on. */
  private void addRows(int gate, int unit, int steps, float[] dSums, int at) {
    int f = sizes.features();
    int units = sizes.units();
    int byInput = sizes.wiring().sum(gate, InputOrState.INPUT);
    int byState = sizes.wiring().sum(gate, InputOrState.STATE);
    int state = sizes.wiring().state(gate) * units;
    pack(byInput, unit, steps, dSums, at);
    if (byInput == byState && state == 0) {
      addColumns(gate, unit, steps, 0, 0, sizes.columns());
      return;
    }
    addColumns(gate, unit, steps, 0, 0, f);
    if (byInput != byState) {
      pack(byState, unit, steps, dSums, at);
    }
    addColumns(gate, unit, steps, f, f + state, units);
  }

  /** The gradients with respect to a sum of these units as weights of the examples. */
  private void pack(int sum, int unit, int steps, float[] dSums, int at) {
    int n = sizes.width();
    int height = height(unit);
    int to = 0;
    for (int r = 0; r < height; r += MR) {
      int from = at + (sum * sizes.units() + unit + r) * n;
      for (int step = 0; step < steps; step++) {
        int width = Math.min(MR, height - r);
        PanelPacking.panel(dSums, from + step * sizes.sums(), 1, n, n, width, MR, packed, to);
        to += MR * n;
      }
    }
  }

  private int height(int unit) {
    return Math.min(HEIGHT, sizes.units() - unit);
  }

  /** Adds to columns of the gradient, from {@code column} on, what {@code row} and on saw. */
  private void addColumns(int gate, int unit, int steps, int column, int row, int columns) {
    int examples = steps * sizes.width();
    int y = dw.offset() + (gate * sizes.units() + unit) * sizes.columns() + column;
    kernels.taps(
        height(unit),
        columns,
        packed,
        0,
        examples * MR,
        offsets,
        0,
        examples,
        seen,
        row,
        dw.data(),
        y,
        sizes.columns(),
        !empty);
  }
}
