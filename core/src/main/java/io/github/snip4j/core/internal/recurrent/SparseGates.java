package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;

/** A {@link GateMatrix} of which few weights exist. */
final class SparseGates implements GateMatrix {
  private static final float[] NONE = {};
  private static final int STEPS = 4; // what they saw stays in L2

  private final SparseKernels kernels;
  private final SequenceShape sizes;
  private final SparsePattern pattern;
  private final SparseGatePlan plan;
  private final Tensor values;
  private final float[] biases;
  private final float[] kept; // the values, from CacheLine.BEGIN
  private float[] transposed = NONE; // the values in the transpose's order

  /**
   * @param values {@code [count]}
   * @param biases of each sum
   */
  SparseGates(SequenceShape sizes, SparsePattern pattern, Tensor values, float[] biases) {
    this.sizes = sizes;
    this.kernels = sizes.kernels().sparse();
    this.pattern = pattern;
    this.plan = pattern.layout(SparseGatePlan.Key.of(sizes));
    this.values = values;
    this.biases = biases;
    kept = pattern.aligned(values);
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
      int from = columns == InputOrState.STATE ? plan.middle[row] : pattern.rowStart(row);
      int to = columns == InputOrState.INPUT ? plan.middle[row] : pattern.rowStart(row + 1);
      float bias = biases[sum * units + u];
      kernels.row(
          n,
          bias,
          kept,
          plan.offsets,
          CacheLine.BEGIN + from,
          CacheLine.BEGIN + to,
          tape.stacked,
          at,
          tape.gates,
          y + u * n);
    }
  }

  @Override
  public void beginBack() {
    transposed = pattern.transposed(values);
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
      int begin = fromGate == 0 ? pattern.columnStart(j) : plan.last[j];
      int end = whole ? pattern.columnStart(j + 1) : plan.last[j];
      kernels.row(
          n,
          0f,
          transposed,
          plan.sums,
          CacheLine.BEGIN + begin,
          CacheLine.BEGIN + end,
          dSums,
          at,
          dx,
          dxAt + column * n);
    }
  }

  @Override
  public int stepsAtATime() {
    return STEPS;
  }

  @Override
  public WeightGradient gradient() {
    return new SparseGatesGradient(sizes, pattern, plan);
  }
}
