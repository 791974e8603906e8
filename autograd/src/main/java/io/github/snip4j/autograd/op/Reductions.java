package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Axes;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Maximum;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Sums, means and maxima, of everything or along axes; a negative axis counts from the end. */
public final class Reductions {
  private Reductions() {}

  /** Whether an axis that is reduced stays, with length 1, or goes. */
  public enum Reduced {
    STAYS,
    GOES
  }

  /** All elements added up, shape {@code []}. */
  public static Variable sum(Variable x) {
    return Variable.of(
        Operation.linear("sum", Reductions::sum, x),
        Tensor.scalar(Pointwise.sum(x.value())),
        x.pull(dy -> Tensor.full(x.shape(), dy.item())));
  }

  /**
   * Sums along some axes.
   *
   * @throws IllegalArgumentException if there is no such axis, or one is named twice
   */
  public static Variable sum(Variable x, Reduced reduced, int... axes) {
    return scaledSum(x, 1f, reduced, axes);
  }

  /** The mean of all elements, shape {@code []}; NaN if there are none. */
  public static Variable mean(Variable x) {
    float share = 1f / x.value().size();
    return Variable.of(
        Operation.linear("mean", Reductions::mean, x),
        Tensor.scalar(Pointwise.sum(x.value()) * share),
        x.pull(dy -> Tensor.full(x.shape(), dy.item() * share)));
  }

  /** Means along some axes; errors as {@link #sum(Variable, Reduced, int...)}. */
  public static Variable mean(Variable x, Reduced reduced, int... axes) {
    int sums = Axes.collapsed(x.shape(), axes).size();
    return scaledSum(x, (float) sums / x.value().size(), reduced, axes);
  }

  private static Variable scaledSum(Variable x, float factor, Reduced reduced, int... axes) {
    Shape one = Axes.collapsed(x.shape(), axes);
    Tensor sums = Broadcast.sumTo(x.value(), one);
    Tensor y = factor == 1f ? sums : Pointwise.scale(sums, factor);
    return Variable.of(
        Operation.linear("sum along axes", v -> scaledSum(v, factor, reduced, axes), x),
        y.reshape(shape(x.shape(), reduced, axes)),
        x.pull(
            dy -> {
              Tensor share = Pointwise.scale(dy.reshape(one), factor);
              return Broadcast.add(share, Tensor.zeros(x.shape())); // repeats it
            }));
  }

  /**
   * The largest elements along an axis; of several alike, the first has the gradient.
   *
   * @throws IllegalArgumentException if there is no such axis, or it is empty
   */
  public static Variable max(Variable x, Reduced reduced, int axis) {
    Maximum maximum = Maximum.of(x.value(), axis);
    return Variable.of(
        Operation.maximum(
            "maximum",
            v -> max(v, reduced, axis),
            v -> Gather.ofMaxima(v, maximum, shape(x.shape(), reduced, axis)),
            v -> sum(v, reduced, axis),
            x),
        maximum.values().reshape(shape(x.shape(), reduced, axis)),
        x.pull(maximum::gradient));
  }

  private static Shape shape(Shape x, Reduced reduced, int... axes) {
    return reduced == Reduced.STAYS ? Axes.collapsed(x, axes) : Axes.without(x, axes);
  }
}
