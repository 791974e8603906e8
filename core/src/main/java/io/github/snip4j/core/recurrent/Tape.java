package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** What every cell remembers of each step for its gradients. */
final class Tape {
  final Sizes sizes;

  /** {@code [T, F + states H, N]}: x<sub>t</sub> above h<sub>t-1</sub>. */
  final float[] stacked;

  /** {@code [T, sums H, N]}: the gates, after their activations. */
  final float[] gates;

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  final Tensor outputs;

  /** Begins with every x in its place, and with a state of zeros. */
  Tape(Sizes sizes, Tensor x) {
    this.sizes = sizes;
    stacked = Workspace.floats(sizes.steps() * sizes.stacked());
    gates = Workspace.floats(sizes.steps() * sizes.sums());
    outputs = Tensor.uninitialized(sizes.outputs());
    for (int t = 0; t < sizes.steps(); t++) {
      int from = x.offset() + t * sizes.input();
      System.arraycopy(x.data(), from, stacked, t * sizes.stacked(), sizes.input());
    }
    Arrays.fill(stacked, state(0), state(0) + sizes.state(), 0f);
  }

  /** Where h<sub>t-1</sub> begins in {@link #stacked}. */
  int state(int t) {
    return t * sizes.stacked() + sizes.input();
  }

  /** Where a gate's values at step t begin in {@link #gates}. */
  int gate(int t, int gate) {
    return t * sizes.sums() + gate * sizes.state();
  }

  /** Puts n elements of the output of step t where step t + 1 takes them from. */
  void keep(int t, int at, int n) {
    if (t + 1 < sizes.steps()) {
      int from = outputs.offset() + t * sizes.state() + at;
      System.arraycopy(outputs.data(), from, stacked, state(t + 1) + at, n);
    }
  }
}
