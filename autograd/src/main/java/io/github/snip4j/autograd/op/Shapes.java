package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Axes;
import io.github.snip4j.core.internal.kernel.Positions;
import io.github.snip4j.core.internal.kernel.Slices;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that arrange elements in another shape. A negative axis counts from the end. */
public final class Shapes {
  private Shapes() {}

  /**
   * The elements of x in order, under another shape.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Variable reshape(Variable x, Shape to) {
    return Variable.of(
        Operation.linear("reshape", v -> reshape(v, to), x),
        x.value().reshape(to),
        x.pull(dy -> dy.reshape(x.shape())));
  }

  /**
   * x without some axes of length 1.
   *
   * @throws IllegalArgumentException if there is no such axis, or one has another length
   */
  public static Variable squeeze(Variable x, int... axes) {
    for (int axis : axes) {
      if (x.shape().dim(axis) != 1) {
        throw new IllegalArgumentException(
            "squeeze: axis " + axis + " of " + x.shape() + ": expected length 1");
      }
    }
    return reshape(x, Axes.without(x.shape(), axes));
  }

  /**
   * x with one more axis, of length 1.
   *
   * @param axis where it is in the result; negative counts from the end of the result
   * @throws IllegalArgumentException if the result would have no such axis
   */
  public static Variable unsqueeze(Variable x, int axis) {
    int[] dims = Arrays.copyOf(x.shape().toArray(), x.shape().rank() + 1);
    int at = Axes.index(Shape.of(dims), axis);
    System.arraycopy(dims, at, dims, at + 1, dims.length - at - 1);
    dims[at] = 1;
    return reshape(x, Shape.of(dims));
  }

  /**
   * x cut along an axis into parts of these lengths.
   *
   * @throws IllegalArgumentException if there is no such axis, or the lengths do not add up to its
   *     own
   */
  public static List<Variable> split(Variable x, int axis, int... lengths) {
    if (Arrays.stream(lengths).asLongStream().sum() != x.shape().dim(axis)) {
      throw new IllegalArgumentException(
          ("split: axis " + axis + " of " + x.shape() + " into " + Arrays.toString(lengths))
              + ": expected lengths that add up to its own");
    }
    List<Variable> parts = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      parts.add(slice(x, axis, from, from + length));
      from += length;
    }
    return parts;
  }

  /**
   * Two axes exchanged.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Variable transpose(Variable x, int first, int second) {
    int a = Axes.index(x.shape(), first);
    int b = Axes.index(x.shape(), second);
    int units = Units.axis(x);
    return Variable.of(
        Operation.linear("transpose", v -> transpose(v, first, second), x)
            .withUnitsAlong(units == a ? b : units == b ? a : units),
        Axes.transpose(x.value(), first, second),
        x.pull(dy -> Axes.transpose(dy, first, second)));
  }

  /**
   * The part of an axis in {@code [from, to)}.
   *
   * @throws IllegalArgumentException if there is no such axis, or the range does not lie within it
   */
  public static Variable slice(Variable x, int axis, int from, int to) {
    return Variable.of(
        Operation.linear("slice", v -> slice(v, axis, from, to), x),
        Slices.slice(x.value(), axis, from, to),
        x.pull(dy -> Slices.pad(dy, axis, x.shape().dim(axis), from)));
  }

  /**
   * Variables one after the other along an axis.
   *
   * @param parts at least one, equal in all other axes
   * @throws IllegalArgumentException if they differ elsewhere, or there are none
   */
  public static Variable concatenate(List<Variable> parts, int axis) {
    List<Tensor> values = parts.stream().map(Variable::value).toList();
    Variable.Edge[] edges = new Variable.Edge[parts.size()];
    int begin = 0;
    for (int i = 0; i < edges.length; i++) {
      int from = begin;
      int to = begin + parts.get(i).shape().dim(axis);
      edges[i] = parts.get(i).pull(dy -> Slices.slice(dy, axis, from, to));
      begin = to;
    }
    return Variable.of(
        Operation.sum("concatenate", in -> concatenate(in, axis), List.copyOf(parts)),
        Slices.concatenate(values, axis),
        edges);
  }

  /**
   * Elements of variables in any order, each as often as it is named.
   *
   * @param parts whose elements are numbered row-major, one part after the other
   * @param positions the number of each element of the result, row-major
   * @throws IllegalArgumentException if there are not as many positions as elements
   */
  public static Variable take(List<Variable> parts, int[] positions, Shape shape) {
    Variable.Edge[] edges = new Variable.Edge[parts.size()];
    int begin = 0;
    for (int i = 0; i < edges.length; i++) {
      Shape part = parts.get(i).shape();
      int from = begin;
      edges[i] = parts.get(i).pull(dy -> Positions.scatter(dy, positions, from, part));
      begin += part.size();
    }
    return Variable.of(
        Operation.sum("take", in -> take(in, positions, shape), List.copyOf(parts)),
        Positions.gather(parts.stream().map(Variable::value).toList(), positions, shape),
        edges);
  }

  /**
   * Zeros around x.
   *
   * @param before how many in front of each axis
   * @param after how many behind each axis
   * @throws IllegalArgumentException if there is not one number per axis, or one is negative
   */
  public static Variable pad(Variable x, int[] before, int[] after) {
    int rank = x.shape().rank();
    if (before.length != rank || after.length != rank) {
      throw new IllegalArgumentException(
          ("pad: " + Arrays.toString(before) + " before and " + Arrays.toString(after))
              + (" after " + x.shape() + ": expected a number per axis"));
    }
    Variable y = x;
    for (int axis = 0; axis < rank; axis++) {
      y = padAxis(y, axis, before[axis], after[axis]);
    }
    return y;
  }

  private static Variable padAxis(Variable x, int axis, int before, int after) {
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "pad: axis " + axis + " by " + before + " and " + after + ": one is negative");
    }
    int length = x.shape().dim(axis);
    return before == 0 && after == 0
        ? x
        : Variable.of(
            Operation.linear("pad", v -> padAxis(v, axis, before, after), x),
            Slices.pad(x.value(), axis, before + length + after, before),
            x.pull(dy -> Slices.slice(dy, axis, before, before + length)));
  }
}
