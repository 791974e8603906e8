package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Back-propagation through time for some of the slices, one after another.
 *
 * <p>Implementation note: the gradients with respect to the sums are added to those by the weights
 * after a few steps, while they are in cache, and then overwritten.
 */
final class BackpropThroughTime {
  private final SequenceShape sizes;
  private final GateMatrix matrix;
  private final int steps; // at a time
  private final float[] dSums; // [steps, sums H, width]
  private final float[] total; // [sums H, width]: dSums, added up over steps and slices
  private final float[] dh; // [H, width]
  private final float[] pulled; // [H, width], or [F, width]
  private final WeightGradient gradient;

  /** Takes its arrays: the workspace is the calling thread's. */
  BackpropThroughTime(SequenceShape sizes, GateMatrix matrix) {
    this.sizes = sizes;
    this.matrix = matrix;
    steps = Math.min(sizes.steps(), matrix.stepsAtATime());
    dSums = Workspace.floats(CacheLine.BEGIN + steps * sizes.sums());
    total = Workspace.floats(CacheLine.BEGIN + sizes.sums());
    Arrays.fill(total, 0f);
    dh = Workspace.floats(CacheLine.BEGIN + sizes.state());
    int rows = Math.max(sizes.units(), sizes.features());
    pulled = Workspace.floats(CacheLine.BEGIN + rows * sizes.width());
    gradient = matrix.gradient();
  }

  /**
   * Goes back through the steps of a slice.
   *
   * @param dy {@code [T, H, N]}; of a cell with an initial c<sub>0</sub> {@code [T + 1, H, N]}
   * @param dx {@code [T, F, N]}; null if it is not asked for
   * @param dh0 {@code [H, N]}; null of a cell without an initial state
   * @param dc0 {@code [H, N]}; null of a cell without an initial c<sub>0</sub>
   */
  void run(
      RecurrentCell cell,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dh0,
      @Nullable Tensor dc0) {
    Arrays.fill(dh, 0f);
    if (dc0 == null) {
      cell.beginBack();
    } else {
      cell.beginBackWith(dy);
    }
    for (int to = sizes.steps(); to > 0; to -= steps) {
      int from = Math.max(0, to - steps);
      for (int t = to - 1; t >= from; t--) {
        boolean further = t > 0 || dh0 != null;
        step(cell, t, CacheLine.BEGIN + (t - from) * sizes.sums(), dy, dx, further);
      }
      gradient.add(cell.tape, from, to, dSums, CacheLine.BEGIN);
    }
    if (dh0 != null) {
      cell.tape.give(dh, CacheLine.BEGIN, dh0, 0);
    }
    if (dc0 != null) {
      cell.putCellGradient(dc0);
    }
  }

  private void step(
      RecurrentCell cell, int t, int at, Tensor dy, @Nullable Tensor dx, boolean further) {
    int begin = CacheLine.BEGIN;
    addUpstream(cell, dy, t);
    cell.backward(t, dh, dSums, at, total);
    if (further) {
      pullBackToState(cell, at);
    }
    if (dx != null) {
      matrix.pullBack(InputOrState.INPUT, 0, sizes.wiring().gates(), dSums, at, pulled, begin);
      cell.tape.giveRows(sizes.features(), pulled, begin, dx, t);
    }
  }

  private void pullBackToState(RecurrentCell cell, int at) {
    int begin = CacheLine.BEGIN;
    float[] to = cell.carriesState() ? pulled : dh;
    matrix.pullBack(InputOrState.STATE, 0, cell.pulled(), dSums, at, to, begin);
    if (cell.carriesState()) {
      cell.arithmetic.addTo(sizes.state(), 1f, pulled, begin, dh, begin);
    }
  }

  private void addUpstream(RecurrentCell cell, Tensor dy, int t) {
    int from = cell.tape.place(dy, t, sizes.units());
    int n = cell.tape.examples();
    cell.arithmetic.addRowsTo(
        sizes.units(), n, dy.data(), from, sizes.batch(), dh, CacheLine.BEGIN, sizes.width());
  }

  /** The gradient with respect to a sum's bias: that by the sum, over steps and examples. */
  double bias(ReductionKernels kernels, int row) {
    return kernels.sum(sizes.width(), total, CacheLine.BEGIN + row * sizes.width());
  }

  /** The gradient with respect to the weights. Gives back all else: nothing more is asked for. */
  Tensor finish() {
    Workspace.giveBack(dSums);
    Workspace.giveBack(total);
    Workspace.giveBack(dh);
    Workspace.giveBack(pulled);
    return gradient.finish();
  }
}
