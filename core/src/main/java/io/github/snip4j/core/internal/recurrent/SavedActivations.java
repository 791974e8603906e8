package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a slice of examples remembers of each step for its gradients. */
final class SavedActivations {
  final SequenceShape sizes;

  /** {@code [T + 1, F + states H, width]}: x<sub>t</sub> above h<sub>t-1</sub>. */
  final float[] stacked;

  /** {@code [T, sums H, width]}: the gates, after their activations. */
  final float[] gates;

  private final ArithmeticKernels kernels;
  private final int slice;

  SavedActivations(SequenceShape sizes, int slice) {
    this.sizes = sizes;
    this.kernels = sizes.kernels().arithmetic();
    this.slice = slice;
    stacked = Workspace.floats(CacheLine.BEGIN + (sizes.steps() + 1) * sizes.stacked());
    gates = Workspace.floats(CacheLine.BEGIN + sizes.steps() * sizes.sums());
  }

  /**
   * Begins with every x in its place, and with a state.
   *
   * @param h0 {@code [H, N]}; null for zeros
   */
  void begin(Tensor x, @Nullable Tensor h0) {
    for (int t = 0; t < sizes.steps(); t++) {
      takeRows(sizes.features(), x, t, stacked, stacked(t));
    }
    if (h0 == null) {
      Arrays.fill(stacked, state(0), state(0) + sizes.state(), 0f);
    } else {
      take(h0, 0, stacked, state(0));
    }
  }

  /** Where x<sub>t</sub>, and below it h<sub>t-1</sub>, begin in {@link #stacked}. */
  int stacked(int t) {
    return CacheLine.BEGIN + t * sizes.stacked();
  }

  /** Where h<sub>t-1</sub> begins in {@link #stacked}. */
  int state(int t) {
    return stacked(t) + sizes.features() * sizes.width();
  }

  /** Where a gate's values at step t begin in {@link #gates}. */
  int gate(int t, int gate) {
    return CacheLine.BEGIN + t * sizes.sums() + gate * sizes.state();
  }

  /** Copies h<sub>t+1</sub> to its examples' places in the outputs {@code [T, H, N]}. */
  void put(int t, Tensor outputs) {
    give(stacked, state(t + 1), outputs, t);
  }

  /** Copies a state {@code [H, width]} to its examples' places in step t of {@code [T, H, N]}. */
  void give(float[] state, int at, Tensor sequence, int t) {
    giveRows(sizes.units(), state, at, sequence, t);
  }

  /** Copies {@code [rows, width]} to its examples' places in step t of {@code [T, rows, N]}. */
  void giveRows(int rows, float[] from, int at, Tensor sequence, int t) {
    int to = place(sequence, t, rows);
    kernels.copyRows(rows, examples(), from, at, sizes.width(), sequence.data(), to, sizes.batch());
  }

  /** The way back of {@link #give}, with zeros where there are no more examples. */
  void take(Tensor sequence, int t, float[] state, int at) {
    takeRows(sizes.units(), sequence, t, state, at);
  }

  private void takeRows(int rows, Tensor sequence, int t, float[] to, int at) {
    int from = place(sequence, t, rows);
    if (examples() < sizes.width()) {
      Arrays.fill(to, at, at + rows * sizes.width(), 0f);
    }
    kernels.copyRows(rows, examples(), sequence.data(), from, sizes.batch(), to, at, sizes.width());
  }

  /** Where the slice's examples begin in step t of {@code [T, rows, N]}. */
  int place(Tensor sequence, int t, int rows) {
    return sequence.offset() + t * rows * sizes.batch() + sizes.first() + slice * sizes.width();
  }

  /** How many examples there are. */
  int examples() {
    return sizes.examples(slice);
  }
}
