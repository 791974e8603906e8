package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of the loss by what a recurrent cell was given.
 *
 * @param dx {@code [T, F, N]}; null if it was not asked for
 * @param dw of the shape of the matrix's values
 * @param db of the biases' shape
 * @param dh0 {@code [H, N]}; null if it began with zeros
 * @param dc0 {@code [H, N]}; null if it began with zeros, or has no cells
 */
public record SequenceGradients(
    @Nullable Tensor dx, Tensor dw, Tensor db, @Nullable Tensor dh0, @Nullable Tensor dc0) {
  /**
   * The first of them.
   *
   * @throws IllegalStateException if it was not asked for
   */
  public Tensor byInput() {
    if (dx == null) {
      throw new IllegalStateException("recurrent cell: the gradient by x was not asked for");
    }
    return dx;
  }
}
