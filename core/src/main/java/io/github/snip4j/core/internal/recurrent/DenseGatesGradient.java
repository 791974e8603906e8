package io.github.snip4j.core.internal.recurrent;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
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

  private final IndirectGemmKernels kernels = KernelChoice.chosen().taps();
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
    for (int t = from; t < to; t++) {
      transpose(tape.stacked, tape.stacked(t), (t - from) * sizes.width() * rowStep);
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

  /** A step's [x; h], from {@code at}. */
  private void transpose(float[] from, int at, int seenAt) {
    int n = sizes.width();
    int row = 0;
    for (; row + MR <= sizes.stackedRows(); row += MR) {
      int to = seenAt + row;
      for (int i = at + row * n; i < at + (row + 1) * n; i++) {
        seen[to] = from[i];
        seen[to + 1] = from[i + n];
        seen[to + 2] = from[i + 2 * n];
        seen[to + 3] = from[i + 3 * n];
        seen[to + 4] = from[i + 4 * n];
        seen[to + 5] = from[i + 5 * n];
        seen[to + 6] = from[i + 6 * n];
        seen[to + 7] = from[i + 7 * n];
        to += rowStep;
      }
    }
    for (; row < sizes.stackedRows(); row++) {
      for (int i = 0; i < n; i++) {
        seen[seenAt + i * rowStep + row] = from[at + row * n + i];
      }
    }
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
        packStrip(dSums, from + step * sizes.sums(), Math.min(MR, height - r), to);
        to += MR * n;
      }
    }
  }

  private int height(int unit) {
    return Math.min(HEIGHT, sizes.units() - unit);
  }

  private void packStrip(float[] from, int at, int rows, int to) {
    int n = sizes.width();
    if (rows < MR) {
      for (int i = 0; i < MR * n; i++) {
        int row = i % MR;
        packed[to + i] = row < rows ? from[at + row * n + i / MR] : 0f;
      }
      return;
    }
    int p = to;
    for (int i = at; i < at + n; i++, p += MR) {
      packed[p] = from[i];
      packed[p + 1] = from[i + n];
      packed[p + 2] = from[i + 2 * n];
      packed[p + 3] = from[i + 3 * n];
      packed[p + 4] = from[i + 4 * n];
      packed[p + 5] = from[i + 5 * n];
      packed[p + 6] = from[i + 6 * n];
      packed[p + 7] = from[i + 7 * n];
    }
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
