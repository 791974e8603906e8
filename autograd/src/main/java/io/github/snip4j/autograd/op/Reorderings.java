package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Permutation;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Operations that put elements in another order, or repeat them. */
public final class Reorderings {
  private Reorderings() {}

  /**
   * All axes in another order: axis i of the result is axis {@code order[i]} of x.
   *
   * @throws IllegalArgumentException if the order does not name each axis once
   */
  public static Variable permute(Variable x, int... order) {
    int[] back = Permutation.inverse(x.shape(), order);
    int units = Units.axis(x);
    return Variable.of(
        Operation.linear("permute", v -> permute(v, order), x)
            .withUnitsAlong(units < back.length ? back[units] : 0),
        Permutation.permute(x.value(), order),
        x.pull(dy -> Permutation.permute(dy, back)));
  }

  /**
   * An axis read from its end, as a sequence backwards in time.
   *
   * @param axis negative counts from the end
   * @throws IllegalArgumentException if there is no such axis
   */
  public static Variable reverse(Variable x, int axis) {
    return Variable.of(
        Operation.linear("reverse", v -> reverse(v, axis), x),
        Permutation.reverse(x.value(), axis),
        x.pull(dy -> Permutation.reverse(dy, axis)));
  }

  /**
   * x repeated along axes of length 1, or missing in front, until it has a shape.
   *
   * @throws IllegalArgumentException if x cannot be repeated to it
   */
  public static Variable expand(Variable x, Shape to) {
    Tensor y = Broadcast.add(x.value(), Tensor.zeros(to));
    if (!y.shape().equals(to)) {
      throw new IllegalArgumentException(
          "expand: " + x.shape() + " to " + to + ": expected a shape that x can be repeated to");
    }
    return Variable.of(
        Operation.linear("expand", v -> expand(v, to), x),
        y,
        x.pull(dy -> Broadcast.sumTo(dy, x.shape())));
  }
}
