package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;

/**
 * A recurrent cell at a slice of examples: one step forward, one step back. What differs between
 * cells; {@link UnrolledRnn} does the rest.
 */
abstract class RecurrentCell {
  final SequenceShape sizes;
  final SavedActivations tape;
  final GateMatrix matrix;
  final ArithmeticKernels arithmetic;
  final ElementKernels elements;

  RecurrentCell(SavedActivations tape, GateMatrix matrix) {
    this.sizes = tape.sizes;
    this.arithmetic = sizes.kernels().arithmetic();
    this.elements = sizes.kernels().elements();
    this.tape = tape;
    this.matrix = matrix;
  }

  /** Makes one for each slice. */
  @FunctionalInterface
  interface Maker {
    RecurrentCell on(SavedActivations tape, GateMatrix matrix);
  }

  /** Sets out: h<sub>0</sub> is 0 already. */
  void begin() {}

  /** Sets out from c<sub>0</sub>, {@code [H, N]}; only of a cell that has it. */
  void beginWith(Tensor cells) {
    throw new IllegalStateException(sizes.wiring().operation() + " has no cells");
  }

  /** Copies c<sub>T</sub> to its examples' places in step T of {@code [T + 1, H, N]}. */
  void putCells(Tensor outputs) {
    throw new IllegalStateException(sizes.wiring().operation() + " has no cells");
  }

  /**
   * From x<sub>t</sub> and h<sub>t-1</sub> to h<sub>t</sub>, at {@link SavedActivations#state} of
   * the next.
   */
  abstract void forward(int t);

  /** Prepares to go back, from the last step on. */
  void beginBack() {}

  /**
   * Prepares to go back from a gradient with respect to c<sub>T</sub>, in step T of {@code [T + 1,
   * H, N]}.
   */
  void beginBackWith(Tensor dy) {
    throw new IllegalStateException(sizes.wiring().operation() + " has no cells");
  }

  /**
   * Copies the gradient with respect to c<sub>0</sub> to its examples' places in {@code [H, N]}.
   */
  void putCellGradient(Tensor dc0) {
    throw new IllegalStateException(sizes.wiring().operation() + " has no cells");
  }

  /**
   * From the gradient with respect to h<sub>t</sub> to those by the sums, before the activations.
   *
   * @param dh {@code [H, width]}, from {@link CacheLine#BEGIN}; becomes what reaches
   *     h<sub>t-1</sub> other than through the sums that {@link #pulled} names, where the cell
   *     {@link #carriesState}
   * @param dSums where they go, from {@code at} on
   * @param total {@code [sums H, width]}, from {@link CacheLine#BEGIN}; gains them
   */
  abstract void backward(int t, float[] dh, float[] dSums, int at, float[] total);

  /** Whether h<sub>t-1</sub> reaches h<sub>t</sub> other than through those sums too. */
  boolean carriesState() {
    return true;
  }

  /** How many gates' sums are pulled back to h<sub>t-1</sub> once the step is done. */
  abstract int pulled();
}
