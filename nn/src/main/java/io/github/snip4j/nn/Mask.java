package io.github.snip4j.nn;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.util.BitSet;
import java.util.Objects;

/** Which connections of one parameter exist: c in {0, 1}, one for each of its numbers. */
public final class Mask {
  private final Shape shape;
  private final BitSet keep;
  private final int kept;

  /**
   * @param keep row-major, copied
   * @throws IllegalArgumentException if the number differs from the shape's size
   */
  public Mask(Shape shape, boolean[] keep) {
    this(shape, bits(shape, keep));
  }

  private Mask(Shape shape, BitSet keep) {
    this.shape = shape;
    this.keep = keep;
    this.kept = keep.cardinality();
  }

  private static BitSet bits(Shape shape, boolean[] keep) {
    if (keep.length != shape.size()) {
      throw new IllegalArgumentException(
          "mask " + shape + " takes " + shape.size() + " values, not " + keep.length);
    }
    BitSet bits = new BitSet(keep.length);
    for (int i = 0; i < keep.length; i++) {
      bits.set(i, keep[i]);
    }
    return bits;
  }

  /** The mask that keeps what exists. */
  public static Mask of(Structure structure) {
    BitSet bits = new BitSet(structure.shape().size());
    for (int position : structure.positions()) {
      bits.set(position);
    }
    return new Mask(structure.shape(), bits);
  }

  public Shape shape() {
    return shape;
  }

  /**
   * Whether the connection at this row-major position exists.
   *
   * @throws IndexOutOfBoundsException if it lies outside of the shape
   */
  public boolean keeps(int position) {
    return keep.get(Objects.checkIndex(position, shape.size()));
  }

  /** The number of connections that exist. */
  public int kept() {
    return kept;
  }

  /** The row-major positions of the connections that exist, ascending. */
  public int[] keptPositions() {
    int[] positions = new int[kept];
    int next = 0;
    for (int i = keep.nextSetBit(0); i >= 0; i = keep.nextSetBit(i + 1)) {
      positions[next++] = i;
    }
    return positions;
  }

  /**
   * The structure in which exactly what is kept exists.
   *
   * @param storage {@link Storage#SPARSE} takes a shape of two axes or more, and else is as good as
   *     {@link Storage#DENSE}
   */
  public Structure structure(Storage storage) {
    return storage == Storage.SPARSE && shape.rank() >= 2
        ? SparsePattern.of(shape, keptPositions())
        : Structure.of(shape, keptPositions());
  }

  /** The mask as booleans, row-major, as a new array. */
  public boolean[] toArray() {
    boolean[] booleans = new boolean[shape.size()];
    for (int position : keptPositions()) {
      booleans[position] = true;
    }
    return booleans;
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
    int end = shape.size();
    for (int i = keep.nextClearBit(0); i < end; i = keep.nextClearBit(i + 1)) {
      w.put(i, 0f);
    }
  }
}
