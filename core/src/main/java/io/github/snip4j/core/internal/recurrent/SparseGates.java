package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Tensor;

/** A {@link GateMatrix} of which few weights exist. */
final class SparseGates implements GateMatrix {
  private static final float[] NONE = {};
  private static final int EXAMPLES = 128; // of some steps: what these saw stays in L2

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
    int units = sizes.units();
    int sum = sizes.wiring().sum(gate, columns);
    int[] starts = plan.starts;
    kernels.rows(
        gate * units,
        (gate + 1) * units,
        sizes.width(),
        biases,
        (sum - gate) * units,
        kept,
        plan.offsets,
        columns == InputOrState.STATE ? plan.middle : starts,
        columns == InputOrState.INPUT ? plan.middle : starts,
        columns == InputOrState.INPUT ? 0 : 1,
        tape.stacked,
        tape.stacked(t),
        tape.gates,
        tape.gate(t, sum - gate));
  }

  @Override
  public void beginBack() {
    transposed = pattern.transposed(values);
  }

  @Override
  public void pullBack(
      InputOrState columns, int fromGate, int toGate, float[] dSums, int at, float[] dx, int dxAt) {
    boolean byInput = columns == InputOrState.INPUT;
    int first = byInput ? 0 : sizes.features();
    int end = byInput ? sizes.features() : sizes.columns();
    boolean whole = toGate == sizes.wiring().gates();
    kernels.rows(
        first,
        end,
        sizes.width(),
        plan.zeros,
        0,
        transposed,
        plan.sums,
        fromGate == 0 ? plan.columnStarts : plan.last,
        whole ? plan.columnStarts : plan.last,
        whole ? 1 : 0,
        dSums,
        at,
        dx,
        dxAt - first * sizes.width());
  }

  @Override
  public int stepsAtATime() {
    return Math.max(1, EXAMPLES / sizes.width());
  }

  @Override
  public WeightGradient gradient() {
    return new SparseGatesGradient(sizes, pattern, plan);
  }
}
