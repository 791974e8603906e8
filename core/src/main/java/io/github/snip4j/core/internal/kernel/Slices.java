package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/** Parts of a tensor along one axis, copied out or put together. */
public final class Slices {
  private Slices() {}

  /**
   * The part of an axis in {@code [from, to)}, as a new tensor.
   *
   * @param axis negative counts from the end
   * @throws IllegalArgumentException if there is no such axis, or the range does not lie within it
   */
  public static Tensor slice(Tensor x, int axis, int from, int to) {
    int length = x.shape().dim(axis);
    if (from < 0 || from > to || to > length) {
      throw new IllegalArgumentException(
          ("slice: [" + from + ", " + to + ") is not within axis " + axis)
              + (" of " + x.shape() + ", of length " + length));
    }
    Tensor y = Tensor.uninitialized(withLength(x.shape(), axis, to - from));
    int inner = inner(x.shape(), axis);
    copyRuns(x, length * inner, from * inner, y, (to - from) * inner, 0, (to - from) * inner);
    return y;
  }

  /**
   * A part where it was, and zeros around it: what undoes {@link #slice}.
   *
   * @param length of the axis in the result
   * @param from where the part begins
   * @throws IllegalArgumentException if there is no such axis, or the part does not fit into it
   */
  public static Tensor pad(Tensor part, int axis, int length, int from) {
    int own = part.shape().dim(axis);
    if (from < 0 || from > length - own) {
      throw new IllegalArgumentException(
          ("pad: " + part.shape() + " from " + from + " on does not fit into axis " + axis)
              + (" of length " + length));
    }
    Tensor y = Tensor.zeros(withLength(part.shape(), axis, length));
    int inner = inner(part.shape(), axis);
    copyRuns(part, own * inner, 0, y, length * inner, from * inner, own * inner);
    return y;
  }

  /**
   * Tensors one after the other along an axis.
   *
   * @param parts at least one, equal in all other axes
   * @throws IllegalArgumentException if they differ elsewhere, or there are none
   */
  public static Tensor concatenate(List<Tensor> parts, int axis) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concatenate: nothing to put together");
    }
    Shape first = parts.get(0).shape();
    int length = 0;
    for (Tensor part : parts) {
      boolean ranks = part.shape().rank() == first.rank();
      if (!ranks || !withLength(part.shape(), axis, 0).equals(withLength(first, axis, 0))) {
        throw new IllegalArgumentException(
            ("concatenate: " + first + " and " + part.shape())
                + (" differ elsewhere than in axis " + axis));
      }
      length += part.shape().dim(axis);
    }
    Tensor y = Tensor.uninitialized(withLength(first, axis, length));
    int inner = inner(first, axis);
    int at = 0;
    for (Tensor part : parts) {
      int run = part.shape().dim(axis) * inner;
      copyRuns(part, run, 0, y, length * inner, at, run);
      at += run;
    }
    return y;
  }

  /** Copies one run out of each {@code xStep} elements of x into each {@code yStep} of y. */
  private static void copyRuns(
      Tensor x, int xStep, int xFrom, Tensor y, int yStep, int yFrom, int run) {
    if (run == 0 || x.size() == 0) {
      return;
    }
    int runs = x.size() / xStep;
    for (int i = 0; i < runs; i++) {
      int from = x.offset() + i * xStep + xFrom;
      System.arraycopy(x.data(), from, y.data(), y.offset() + i * yStep + yFrom, run);
    }
  }

  /** The number of elements from one place of an axis to the next. */
  private static int inner(Shape shape, int axis) {
    int inner = 1;
    for (int i = Axes.index(shape, axis) + 1; i < shape.rank(); i++) {
      inner *= shape.dim(i);
    }
    return inner;
  }

  private static Shape withLength(Shape shape, int axis, int length) {
    int[] dims = shape.toArray();
    dims[Axes.index(shape, axis)] = length;
    return Shape.of(dims);
  }
}
