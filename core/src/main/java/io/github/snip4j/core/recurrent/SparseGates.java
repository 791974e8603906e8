package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.backend.KernelChoice;
import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/** A {@link GateMatrix} of which only some weights are kept: work is proportional to them. */
final class SparseGates implements GateMatrix {
  private final SparseKernels kernels = KernelChoice.chosen().sparse();
  private final Sizes sizes;
  private final SparsePattern pattern;
  private final Tensor values;
  private final float[] kept;
  private final int[] offsets; // where each value finds its row of [x; h]
  private final int[] middle; // of each row: its first value for the state

  SparseGates(Sizes sizes, SparsePattern pattern, Tensor values) {
    if (!values.shape().equals(Shape.of(pattern.kept()))) {
      throw new IllegalArgumentException(
          (sizes.wiring().operation() + ": values " + values.shape() + ": expected [")
              + (pattern.kept() + "], as many as " + pattern + " keeps"));
    }
    this.sizes = sizes;
    this.pattern = pattern;
    this.values = values;
    kept = values.offset() == 0 ? values.data() : values.toArray();
    offsets = Workspace.ints(pattern.kept());
    middle = Workspace.ints(pattern.rows());
    for (int row = 0; row < pattern.rows(); row++) {
      findPlaces(row);
    }
  }

  private void findPlaces(int row) {
    int state = sizes.wiring().state(row / sizes.units()) * sizes.state();
    int end = pattern.rowStart(row + 1);
    middle[row] = end;
    for (int k = end - 1; k >= pattern.rowStart(row); k--) {
      boolean ofState = pattern.column(k) >= sizes.features();
      offsets[k] = pattern.column(k) * sizes.batch() + (ofState ? state : 0);
      middle[row] = ofState ? k : middle[row];
    }
  }

  @Override
  public void multiply(
      Columns columns,
      int gate,
      int unit,
      int end,
      float[] b,
      float[] stacked,
      int at,
      float[] sums,
      int sumsAt) {
    int n = sizes.batch();
    int units = sizes.units();
    int sum = sizes.wiring().sum(gate, columns) * units;
    for (int u = unit; u < end; u++) {
      int row = gate * units + u;
      int from = columns == Columns.STATE ? middle[row] : pattern.rowStart(row);
      int to = columns == Columns.INPUT ? middle[row] : pattern.rowStart(row + 1);
      int y = sumsAt + (sum + u) * n;
      kernels.row(n, b[sum + u], kept, offsets, from, to, stacked, at, sums, y);
    }
  }

  @Override
  public Gradient gradient() {
    return new SparseGatesGradient(sizes, pattern, values, offsets, middle);
  }
}
