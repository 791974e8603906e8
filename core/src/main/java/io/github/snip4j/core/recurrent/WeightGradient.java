package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.tensor.Tensor;

/** A part of the gradient by a {@link GateMatrix}: &Sigma; dSums [x; h]<sup>T</sup>. */
interface WeightGradient {
  /**
   * Adds some steps of a slice.
   *
   * @param from the first step; {@code to} is one past the last
   * @param dSums {@code [to - from, sums H, width]} from {@code at}: the gradients by the sums
   */
  void add(Tape tape, int from, int to, float[] dSums, int at);

  /** What was added: of the shape of the weights, or {@code [kept]}. Gives back all else. */
  Tensor finish();
}
