package io.github.snip4j.core.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lengths of a tensor's axes, outermost first. Immutable; equal by value. */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    this.size = product(dims);
  }

  /**
   * The shape with these axis lengths; none at all is a scalar.
   *
   * @throws IllegalArgumentException if a length is negative or the product exceeds
   *     2<sup>31</sup>-1
   */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** The shape of a single number: no axes, size 1. */
  public static Shape scalar() {
    return SCALAR;
  }

  private static int product(int[] dims) {
    long size = 1;
    long extent = 1; // as if no axis were empty: strides must fit as well
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + ": axis length " + d + " is negative");
      }
      size *= d;
      extent *= Math.max(1, d);
      if (extent > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + ": more than 2^31-1 elements");
      }
    }
    return (int) size;
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /**
   * The length of an axis; negative counts from the end, so {@code dim(-1)} is the batch.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int dim(int axis) {
    int i = axis < 0 ? axis + dims.length : axis;
    if (i < 0 || i >= dims.length) {
      throw new IllegalArgumentException("shape " + this + " has no axis " + axis);
    }
    return dims[i];
  }

  /** The number of elements: the product of all lengths, 1 for a scalar. */
  public int size() {
    return size;
  }

  /** This shape with one more, innermost axis: {@code [C, H, W]} becomes {@code [C, H, W, N]}. */
  public Shape append(int length) {
    int[] longer = Arrays.copyOf(dims, dims.length + 1);
    longer[dims.length] = length;
    return new Shape(longer);
  }

  /**
   * This shape without its innermost axis: {@code [C, H, W, N]} becomes {@code [C, H, W]}.
   *
   * @throws IllegalArgumentException if this is a scalar
   */
  public Shape dropLast() {
    if (dims.length == 0) {
      throw new IllegalArgumentException("a scalar has no last axis to drop");
    }
    return of(Arrays.copyOf(dims, dims.length - 1));
  }

  /** The lengths, as a new array. */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The dimensions in brackets: {@code [32, 784]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
