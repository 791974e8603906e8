package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Axes;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Maximum;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Sums, means, extremes and variances, of everything or along axes; a negative axis counts from the
 * end.
 */
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
   * The largest elements along some axes; of several alike, the first has the gradient.
   *
   * @throws IllegalArgumentException if there is no such axis, one is named twice or is empty
   */
  public static Variable max(Variable x, Reduced reduced, int... axes) {
    if (axes.length == 1) {
      return maxAlong(x, reduced, axes[0]);
    }
    Shape shape = shape(x.shape(), reduced, axes);
    Variable y = x;
    for (int axis : axes) {
      y = maxAlong(y, Reduced.STAYS, axis);
    }
    return Shapes.reshape(y, shape);
  }

  /** The smallest elements along some axes; all else as {@link #max}. */
  public static Variable min(Variable x, Reduced reduced, int... axes) {
    return Arithmetic.scale(max(Arithmetic.scale(x, -1), reduced, axes), -1);
  }

  private static Variable maxAlong(Variable x, Reduced reduced, int axis) {
    Maximum maximum = Maximum.of(x.value(), axis);
    return Variable.of(
        Operation.maximum(
            "maximum",
            v -> maxAlong(v, reduced, axis),
            v -> Gather.ofMaxima(v, maximum, shape(x.shape(), reduced, axis)),
            v -> sum(v, reduced, axis),
            x),
        maximum.values().reshape(shape(x.shape(), reduced, axis)),
        x.pull(maximum::gradient));
  }

  /**
   * ln Σ e<sup>x</sup> along some axes, without overflow; errors as {@link #max}.
   *
   * <p>Its gradient is the softmax of x along them.
   */
  public static Variable logSumExp(Variable x, Reduced reduced, int... axes) {
    Tensor largest = max(Variable.constant(x.value()), Reduced.STAYS, axes).value();
    Variable away = Variable.constant(finiteOrZero(largest));
    Variable sum = sum(Elementwise.exp(Arithmetic.subtract(x, away)), Reduced.STAYS, axes);
    Variable y = Arithmetic.add(Elementwise.log(sum), away);
    return Shapes.reshape(y, shape(x.shape(), reduced, axes));
  }

  private static Tensor finiteOrZero(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.put(i, Float.isInfinite(x.at(i)) ? 0f : x.at(i));
    }
    return y;
  }

  /**
   * The mean squared distance from the mean along some axes: the biased variance, divided by the
   * number of elements. Errors as {@link #sum(Variable, Reduced, int...)}.
   */
  public static Variable variance(Variable x, Reduced reduced, int... axes) {
    Variable centred = Arithmetic.subtract(x, mean(x, Reduced.STAYS, axes));
    return mean(Arithmetic.multiply(centred, centred), reduced, axes);
  }

  private static Shape shape(Shape x, Reduced reduced, int... axes) {
    return reduced == Reduced.STAYS ? Axes.collapsed(x, axes) : Axes.without(x, axes);
  }
}
