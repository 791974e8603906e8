package io.github.snip4j.core.internal.recurrent;

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

  private final int slice;

  SavedActivations(SequenceShape sizes, int slice) {
    this.sizes = sizes;
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
    int n = sizes.examples(slice);
    for (int t = 0; t < sizes.steps(); t++) {
      int from = x.offset() + t * sizes.features() * sizes.batch() + slice * sizes.width();
      int to = stacked(t);
      for (int f = 0; f < sizes.features(); f++) {
        System.arraycopy(x.data(), from, stacked, to, n);
        Arrays.fill(stacked, to + n, to + sizes.width(), 0f);
        from += sizes.batch();
        to += sizes.width();
      }
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
    int to = place(sequence, t, sizes.units());
    for (int u = 0; u < sizes.units(); u++) {
      int from = at + u * sizes.width();
      System.arraycopy(state, from, sequence.data(), to + u * sizes.batch(), examples());
    }
  }

  /** The way back of {@link #give}, with zeros where there are no more examples. */
  void take(Tensor sequence, int t, float[] state, int at) {
    int from = place(sequence, t, sizes.units());
    for (int u = 0; u < sizes.units(); u++) {
      int to = at + u * sizes.width();
      System.arraycopy(sequence.data(), from + u * sizes.batch(), state, to, examples());
      Arrays.fill(state, to + examples(), to + sizes.width(), 0f);
    }
  }

  /** Where the slice's examples begin in step t of {@code [T, rows, N]}. */
  int place(Tensor sequence, int t, int rows) {
    return sequence.offset() + t * rows * sizes.batch() + slice * sizes.width();
  }

  /** How many examples there are. */
  int examples() {
    return sizes.examples(slice);
  }
}
