package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/** The largest elements along one axis; NaN is larger than all, so that it shows. */
public final class Maximum {
  private final Tensor x;
  private final Tensor values;
  private final int[] places; // in x, from its offset on

  private Maximum(Tensor x, Tensor values, int[] places) {
    this.x = x;
    this.values = values;
    this.places = places;
  }

  /**
   * Finds the first of the largest, and remembers where it was.
   *
   * @param axis of length 1 at least; negative counts from the end
   * @throws IllegalArgumentException if there is no such axis, or it is empty
   */
  public static Maximum of(Tensor x, int axis) {
    int index = Axes.index(x.shape(), axis);
    int length = x.shape().dim(index);
    if (length == 0) {
      throw new IllegalArgumentException(
          "maximum: axis " + axis + " of " + x.shape() + " has no elements");
    }
    Tensor values = Tensor.uninitialized(Axes.collapsed(x.shape(), axis));
    int[] places = Workspace.ints(values.size());
    int inner = 1;
    for (int i = index + 1; i < x.shape().rank(); i++) {
      inner *= x.shape().dim(i);
    }
    for (int i = 0; i < values.size(); i++) {
      int best = i / inner * length * inner + i % inner;
      for (int place = best, l = 0; l < length; l++, place += inner) {
        best = above(x.at(place), x.at(best)) ? place : best;
      }
      places[i] = best;
      values.put(i, x.at(best));
    }
    return new Maximum(x, values, places);
  }

  private static boolean above(float value, float best) {
    return value > best || (Float.isNaN(value) && !Float.isNaN(best));
  }

  /** The largest elements; the axis has length 1. */
  public Tensor values() {
    return values;
  }

  /** The row-major positions in x of the largest elements, in the order of {@link #values}. */
  public int[] positions() {
    return Arrays.copyOf(places, values.size());
  }

  /**
   * dy where the largest elements were, 0 elsewhere.
   *
   * @param dy as many elements as {@link #values}
   */
  public Tensor gradient(Tensor dy) {
    Tensor dx = Tensor.zeros(x.shape());
    for (int i = 0; i < values.size(); i++) {
      dx.put(places[i], dy.at(i));
    }
    return dx;
  }
}
