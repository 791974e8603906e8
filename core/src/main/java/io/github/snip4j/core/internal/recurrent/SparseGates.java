package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/** A {@link GateMatrix} of which few weights are kept. */
final class SparseGates implements GateMatrix {
  private static final float[] NONE = {};
  private static final int STEPS = 4; // what they saw stays in L2

  private final SparseKernels kernels = KernelChoice.chosen().sparse();
  private final SequenceShape sizes;
  private final SparsePattern pattern;
  private final Tensor values;
  private final float[] biases;
  private final float[] kept; // the values
  private final int[] offsets; // where each value finds its row of [x; h]
  private final int[] middle; // of each row: its first value for the state
  private final int[] sums; // of the transpose: where each value finds the gradient of its sum
  private final int[] last; // of each column: its first value of the last gate
  private float[] transposed = NONE; // the values in the transpose's order

  /**
   * @param values {@code [kept]}
   * @param biases of each sum
   */
  SparseGates(SequenceShape sizes, SparsePattern pattern, Tensor values, float[] biases) {
    if (!values.shape().equals(Shape.of(pattern.kept()))) {
      throw new IllegalArgumentException(
          (sizes.wiring().operation() + ": values " + values.shape() + ": expected [")
              + (pattern.kept() + "], as many as " + pattern + " keeps"));
    }
    this.sizes = sizes;
    this.pattern = pattern;
    this.values = values;
    this.biases = biases;
    kept = Workspace.floats(pattern.kept());
    System.arraycopy(values.data(), values.offset(), kept, 0, kept.length);
    offsets = Workspace.ints(pattern.kept());
    middle = Workspace.ints(pattern.rows());
    for (int row = 0; row < pattern.rows(); row++) {
      findPlaces(row);
    }
    sums = Workspace.ints(pattern.kept());
    last = Workspace.ints(pattern.columns());
    for (int column = 0; column < pattern.columns(); column++) {
      findSums(column);
    }
  }

  private void findPlaces(int row) {
    int state = sizes.wiring().state(row / sizes.units()) * sizes.state();
    int end = pattern.rowStart(row + 1);
    middle[row] = end;
    for (int k = end - 1; k >= pattern.rowStart(row); k--) {
      boolean ofState = pattern.column(k) >= sizes.features();
      offsets[k] = pattern.column(k) * sizes.width() + (ofState ? state : 0);
      middle[row] = ofState ? k : middle[row];
    }
  }

  private void findSums(int column) {
    InputOrState kind = column < sizes.features() ? InputOrState.INPUT : InputOrState.STATE;
    int end = pattern.columnStart(column + 1);
    last[column] = end;
    for (int k = end - 1; k >= pattern.columnStart(column); k--) {
      int gate = pattern.row(k) / sizes.units();
      int down = (sizes.wiring().sum(gate, kind) - gate) * sizes.state();
      sums[k] = pattern.row(k) * sizes.width() + down;
      last[column] = gate == sizes.wiring().gates() - 1 ? k : last[column];
    }
  }

  @Override
  public void multiply(InputOrState columns, int gate, SavedActivations tape, int t) {
    int n = sizes.width();
    int units = sizes.units();
    int sum = sizes.wiring().sum(gate, columns);
    int at = tape.stacked(t);
    int y = tape.gate(t, sum);
    for (int u = 0; u < units; u++) {
      int row = gate * units + u;
      int from = columns == InputOrState.STATE ? middle[row] : pattern.rowStart(row);
      int to = columns == InputOrState.INPUT ? middle[row] : pattern.rowStart(row + 1);
      float bias = biases[sum * units + u];
      kernels.row(n, bias, kept, offsets, from, to, tape.stacked, at, tape.gates, y + u * n);
    }
  }

  @Override
  public void beginBack() {
    transposed = Workspace.floats(pattern.kept());
    for (int k = 0; k < transposed.length; k++) {
      transposed[k] = values.at(pattern.permutation(k));
    }
  }

  @Override
  public void pullBack(
      InputOrState columns, int fromGate, int toGate, float[] dSums, int at, float[] dx, int dxAt) {
    int n = sizes.width();
    boolean byInput = columns == InputOrState.INPUT;
    int first = byInput ? 0 : sizes.features();
    int count = byInput ? sizes.features() : sizes.units();
    boolean whole = toGate == sizes.wiring().gates();
    for (int column = 0; column < count; column++) {
      int j = first + column;
      int begin = fromGate == 0 ? pattern.columnStart(j) : last[j];
      int end = whole ? pattern.columnStart(j + 1) : last[j];
      kernels.row(n, 0f, transposed, sums, begin, end, dSums, at, dx, dxAt + column * n);
    }
  }

  @Override
  public int stepsAtATime() {
    return STEPS;
  }

  @Override
  public WeightGradient gradient() {
    return new SparseGatesGradient(sizes, pattern, offsets, middle);
  }
}
