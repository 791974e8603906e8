package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.tensor.Tensor;

/** A part of the gradient with respect to a {@link GateMatrix}: Σ dSums [x; h]<sup>T</sup>. */
interface WeightGradient {
  /**
   * Adds some steps of a slice.
   *
   * @param from the first step; {@code to} is one past the last
   * @param dSums {@code [to - from, sums H, width]} from {@code at}: the gradients with respect to
   *     the sums
   */
  void add(SavedActivations tape, int from, int to, float[] dSums, int at);

  /** What was added, of the shape of the matrix's values. Gives back all else. */
  Tensor finish();
}
