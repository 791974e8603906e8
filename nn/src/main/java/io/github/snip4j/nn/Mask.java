package io.github.snip4j.nn;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;

/** Which connections of one parameter exist: c in {0, 1}, one for each of its numbers. */
public final class Mask {
  private final Shape shape;
  private final boolean[] keep;
  private final int kept;

  /**
   * @param keep row-major, copied
   * @throws IllegalArgumentException if the number differs from the shape's size
   */
  public Mask(Shape shape, boolean[] keep) {
    if (keep.length != shape.size()) {
      throw new IllegalArgumentException(
          "mask " + shape + " takes " + shape.size() + " values, not " + keep.length);
    }
    this.shape = shape;
    this.keep = keep.clone();
    int count = 0;
    for (boolean k : keep) {
      count += k ? 1 : 0;
    }
    this.kept = count;
  }

  public Shape shape() {
    return shape;
  }

  /** Whether the connection at this row-major position exists. */
  public boolean keeps(int position) {
    return keep[position];
  }

  /** The number of connections that exist. */
  public int kept() {
    return kept;
  }

  /** The row-major positions of the connections that exist, ascending. */
  public int[] keptPositions() {
    int[] positions = new int[kept];
    int next = 0;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        positions[next++] = i;
      }
    }
    return positions;
  }

  /** The mask that keeps what exists. */
  public static Mask of(Structure structure) {
    boolean[] keep = new boolean[structure.shape().size()];
    for (int position : structure.positions()) {
      keep[position] = true;
    }
    return new Mask(structure.shape(), keep);
  }

  /**
   * The structure in which exactly what is kept exists.
   *
   * @param storage {@link Storage#SPARSE} takes a shape of two axes or more, and else is as good as
   *     {@link Storage#DENSE}
   */
  Structure structure(Storage storage) {
    return storage == Storage.SPARSE && shape.rank() >= 2
        ? SparsePattern.of(shape, keptPositions())
        : Structure.of(shape, keptPositions());
  }

  /** The mask as booleans, row-major, as a new array. */
  public boolean[] toArray() {
    return keep.clone();
  }

  /**
   * w = c ⊙ w: sets what is pruned to 0.
   *
   * @param w modified
   * @throws IllegalArgumentException if the shapes differ
   */
  public void applyTo(Tensor w) {
    if (!w.shape().equals(shape)) {
      throw new IllegalArgumentException("mask " + shape + " for a tensor " + w.shape());
    }
    for (int i = 0; i < keep.length; i++) {
      if (!keep[i]) {
        w.put(i, 0f);
      }
    }
  }
}
