package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/** Which axis is which, and tensors with their axes in another order. */
public final class Axes {
  private Axes() {}

  /**
   * An axis counted from the front, whichever way it was given.
   *
   * @param axis negative counts from the end
   * @throws IllegalArgumentException if there is no such axis
   */
  public static int index(Shape shape, int axis) {
    int index = axis < 0 ? axis + shape.rank() : axis;
    if (index < 0 || index >= shape.rank()) {
      throw new IllegalArgumentException("shape " + shape + " has no axis " + axis);
    }
    return index;
  }

  /**
   * The shape with length 1 in some axes.
   *
   * @throws IllegalArgumentException if there is no such axis, or one is named twice
   */
  public static Shape collapsed(Shape shape, int... axes) {
    int[] dims = shape.toArray();
    boolean[] named = new boolean[dims.length];
    for (int axis : axes) {
      int index = index(shape, axis);
      if (named[index]) {
        throw new IllegalArgumentException(
            "axes " + Arrays.toString(axes) + " of " + shape + ": " + axis + " is named twice");
      }
      named[index] = true;
      dims[index] = 1;
    }
    return Shape.of(dims);
  }

  /** The shape without some axes; errors as {@link #collapsed}. */
  public static Shape without(Shape shape, int... axes) {
    int[] dims = collapsed(shape, axes).toArray();
    for (int axis : axes) {
      dims[index(shape, axis)] = -1;
    }
    return Shape.of(Arrays.stream(dims).filter(d -> d >= 0).toArray());
  }

  /**
   * A new tensor with two axes exchanged.
   *
   * @param first negative counts from the end, as {@code second}
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Tensor transpose(Tensor x, int first, int second) {
    Shape shape = x.shape();
    int a = Math.min(index(shape, first), index(shape, second));
    int b = Math.max(index(shape, first), index(shape, second));
    int[] dims = shape.toArray();
    dims[a] = shape.dim(b);
    dims[b] = shape.dim(a);
    Tensor y = Tensor.uninitialized(Shape.of(dims));
    if (a == b || x.size() == 0) {
      y.copyFrom(x.reshape(y.shape()));
      return y;
    }
    int run = product(shape, b + 1, shape.rank());
    int between = product(shape, a + 1, b);
    int outer = product(shape, 0, a);
    int at = y.offset();
    for (int o = 0; o < outer; o++) { // y[o, j, m, i, run] = x[o, i, m, j, run]
      for (int j = 0; j < shape.dim(b); j++) {
        for (int m = 0; m < between; m++) {
          for (int i = 0; i < shape.dim(a); i++) {
            int row = ((o * shape.dim(a) + i) * between + m) * shape.dim(b) + j;
            System.arraycopy(x.data(), x.offset() + row * run, y.data(), at, run);
            at += run;
          }
        }
      }
    }
    return y;
  }

  private static int product(Shape shape, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= shape.dim(axis);
    }
    return product;
  }
}
