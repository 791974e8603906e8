package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/** Tensors with their axes in another order, or with an axis read backwards. */
public final class Permutation {
  private Permutation() {}

  /**
   * A new tensor whose axis i is axis {@code order[i]} of x.
   *
   * @param order each axis of x once
   * @throws IllegalArgumentException if it is not that
   */
  public static Tensor permute(Tensor x, int... order) {
    Shape shape = x.shape();
    inverse(shape, order);
    int rank = order.length;
    int[] strides = strides(shape);
    int[] dims = new int[rank];
    int[] steps = new int[rank]; // in x, for each axis of y
    for (int i = 0; i < rank; i++) {
      dims[i] = shape.dim(order[i]);
      steps[i] = strides[order[i]];
    }
    Tensor y = Tensor.uninitialized(Shape.of(dims));
    if (rank == 0 || y.size() == 0) {
      y.copyFrom(x.reshape(y.shape()));
      return y;
    }
    int still = rank; // the axes from here on are in their places: runs that are copied whole
    int run = 1;
    while (still > 0 && order[still - 1] == still - 1) {
      run *= dims[--still];
    }
    int inner = still - 1; // the innermost axis that has moved
    int width = inner < 0 ? 1 : dims[inner];
    int step = inner < 0 ? 0 : steps[inner];
    int[] at = new int[rank];
    int from = x.offset();
    for (int to = y.offset(); to < y.offset() + y.size(); to += width * run) {
      copy(x.data(), from, step, y.data(), to, width, run);
      for (int axis = inner - 1; axis >= 0; axis--) { // counts up
        from += steps[axis];
        if (++at[axis] < dims[axis]) {
          break;
        }
        from -= dims[axis] * steps[axis];
        at[axis] = 0;
      }
    }
    return y;
  }

  /** Runs that begin {@code step} elements from each other, put one after the other. */
  private static void copy(float[] x, int from, int step, float[] y, int to, int count, int run) {
    if (run == 1) {
      for (int i = 0; i < count; i++) {
        y[to + i] = x[from + i * step];
      }
    } else {
      for (int i = 0; i < count; i++) {
        System.arraycopy(x, from + i * step, y, to + i * run, run);
      }
    }
  }

  /**
   * The order that undoes another: {@code permute(permute(x, order), inverse)} is x.
   *
   * @throws IllegalArgumentException if the order does not name each axis of x once
   */
  public static int[] inverse(Shape x, int... order) {
    int[] inverse = new int[x.rank()];
    Arrays.fill(inverse, -1);
    boolean fits = order.length == x.rank();
    for (int i = 0; fits && i < order.length; i++) {
      fits = order[i] >= 0 && order[i] < x.rank() && inverse[order[i]] < 0;
      if (fits) {
        inverse[order[i]] = i;
      }
    }
    if (!fits) {
      throw new IllegalArgumentException(
          ("permute: order " + Arrays.toString(order) + " of " + x)
              + (": expected each axis from 0 to " + (x.rank() - 1) + " once"));
    }
    return inverse;
  }

  /**
   * A new tensor in which one axis is read from its end.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Tensor reverse(Tensor x, int axis) {
    int index = Axes.index(x.shape(), axis);
    int length = x.shape().dim(index);
    int run = strides(x.shape())[index];
    Tensor y = Tensor.uninitialized(x.shape());
    for (int row = 0; row * run < x.size(); row++) {
      int from = row - row % length + (length - 1 - row % length);
      System.arraycopy(x.data(), x.offset() + from * run, y.data(), y.offset() + row * run, run);
    }
    return y;
  }

  private static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dim(axis);
    }
    return strides;
  }
}
