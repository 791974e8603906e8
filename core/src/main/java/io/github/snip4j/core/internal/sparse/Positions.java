package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Which elements of a tensor are kept, by their row-major positions. Immutable, and checked when it
 * is made.
 */
public final class Positions {
  private final Shape shape;
  private final int[] positions;

  /**
   * Positions in tensors of this shape.
   *
   * @param positions ascending; copied
   * @throws IllegalArgumentException if they are not, or one lies outside
   */
  public Positions(Shape shape, int... positions) {
    int before = -1;
    for (int position : positions) {
      if (position <= before || position >= shape.size()) {
        throw new IllegalArgumentException(
            ("positions in " + shape + ": " + position + " after " + before)
                + (": expected ascending ones below " + shape.size()));
      }
      before = position;
    }
    this.shape = shape;
    this.positions = positions.clone();
  }

  /** The shape of a whole tensor. */
  public Shape shape() {
    return shape;
  }

  /** How many elements are kept. */
  public int count() {
    return positions.length;
  }

  /** The position of the k-th. */
  public int at(int k) {
    return positions[k];
  }

  /**
   * The kept elements of a tensor.
   *
   * @param whole of the {@link #shape}
   * @return {@code [count]}
   * @throws IllegalArgumentException if it has another shape
   */
  public Tensor gather(Tensor whole) {
    if (!whole.shape().equals(shape)) {
      throw new IllegalArgumentException("gather: " + whole.shape() + ": expected " + shape);
    }
    Tensor kept = Tensor.uninitialized(Shape.of(positions.length));
    float[] from = whole.data();
    int at = whole.offset();
    float[] to = kept.data();
    int toAt = kept.offset();
    for (int k = 0; k < positions.length; k++) {
      to[toAt + k] = from[at + positions[k]];
    }
    return kept;
  }

  /**
   * A tensor with these elements in their places, and 0 elsewhere.
   *
   * @param kept {@code [count]}
   * @return of the {@link #shape}
   * @throws IllegalArgumentException if it has another shape
   */
  public Tensor spread(Tensor kept) {
    if (!kept.shape().equals(Shape.of(positions.length))) {
      throw new IllegalArgumentException(
          "spread: " + kept.shape() + ": expected [" + positions.length + "]");
    }
    Tensor whole = Tensor.zeros(shape);
    float[] from = kept.data();
    int at = kept.offset();
    float[] to = whole.data();
    int toAt = whole.offset();
    for (int k = 0; k < positions.length; k++) {
      to[toAt + positions[k]] = from[at + k];
    }
    return whole;
  }
}
