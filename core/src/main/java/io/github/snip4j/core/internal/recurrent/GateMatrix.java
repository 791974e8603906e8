package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.sparse.PaddedPattern;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;

/** A cell's matrix, and its products with one step of a slice. */
interface GateMatrix {
  /**
   * The matrix of a weight: sparse where its structure is a {@link SparsePattern}.
   *
   * @param values of the structure
   * @param biases of each sum
   */
  static GateMatrix of(SequenceShape sizes, Structure w, Tensor values, float[] biases) {
    w.checkValues(sizes.wiring().operation(), values);
    if (w instanceof PaddedPattern padded) {
      SparsePattern pattern = padded.pattern();
      return new PaddedGates(sizes, of(sizes, pattern, pattern.gather(values), biases));
    }
    return w instanceof SparsePattern pattern
        ? new SparseGates(sizes, pattern, values, biases)
        : new DenseGates(sizes, values, biases);
  }

  /**
   * b + w [x; h] for one gate, in its sum of step t.
   *
   * @param columns which of the matrix; the bias is that of the sum
   */
  void multiply(InputOrState columns, int gate, SavedActivations tape, int t);

  /** Prepares {@link #pullBack}, once for all slices. */
  void beginBack();

  /**
   * dx = w<sup>T</sup> dSums, for some columns and gates of one step.
   *
   * @param columns {@link InputOrState#INPUT} or {@link InputOrState#STATE}
   * @param fromGate the first; {@code toGate} is one past the last
   * @param dSums of the step, from {@code at}
   * @param dx {@code [columns of that kind, width]}, from {@code dxAt}
   */
  void pullBack(
      InputOrState columns, int fromGate, int toGate, float[] dSums, int at, float[] dx, int dxAt);

  /** How many steps {@link WeightGradient#add} is best given at a time. */
  int stepsAtATime();

  /** A gradient with respect to the values, that nothing was added to yet. */
  WeightGradient gradient();
}
