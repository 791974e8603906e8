package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent cell begins with instead of zeros.
 *
 * @param h h<sub>0</sub>, {@code [H, N]}
 * @param cells c<sub>0</sub>, {@code [H, N]}; null of a cell that has none
 */
record InitialState(Tensor h, @Nullable Tensor cells) {
  /** Refuses a state of other sizes. */
  void check(SequenceShape sizes) {
    Shape expected = Shape.of(sizes.units(), sizes.batch());
    if (!h.shape().equals(expected) || (cells != null && !cells.shape().equals(expected))) {
      throw new IllegalArgumentException(
          (sizes.wiring().operation() + ": initial state " + h.shape())
              + (cells == null ? "" : " and cells " + cells.shape())
              + (": expected [H, N], which is " + expected));
    }
  }
}
