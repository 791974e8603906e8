package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.tensor.Tensor;

/** A cell's matrix, and its product at one time step. */
interface GateMatrix {
  /**
   * b + w [x; h] for some units of one gate; the bias of that sum is b's.
   *
   * @param unit the first; as {@link Sizes#forUnits} gives it, as {@code end}
   * @param stacked x and the states of one step, from {@code at}
   * @param sums of that step, from {@code sumsAt}: where the result goes
   */
  void multiply(
      Columns columns,
      int gate,
      int unit,
      int end,
      float[] b,
      float[] stacked,
      int at,
      float[] sums,
      int sumsAt);

  /** The products that gradients take; prepared once for all steps. */
  Gradient gradient();

  /** Products with the transposed matrix, and the gradient by what it is made of. */
  interface Gradient {
    /**
     * dx = w<sup>T</sup> dSums, for some columns and gates.
     *
     * @param columns {@link Columns#INPUT} or {@link Columns#STATE}
     * @param fromGate the first; {@code toGate} is one past the last
     * @param from the first column, counted from the first of its kind: a multiple of a strip
     * @param dSums of one step, from {@code at}
     * @param dx {@code [columns of that kind, N]}, from {@code dxAt}
     */
    void pullBack(
        Columns columns,
        int fromGate,
        int toGate,
        int from,
        int to,
        float[] dSums,
        int at,
        float[] dx,
        int dxAt);

    /**
     * Adds dSums [x; h]<sup>T</sup> of the steps {@code [from, to)}, at the places of the weights.
     *
     * @param dSums of step t, from {@code slots[t - from]}
     */
    void add(Tape tape, int from, int to, float[] dSums, int[] slots);

    /** What has been added up: the gradient by the weights. */
    Tensor ofWeights();
  }
}
