package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * One of two variables, element by element; axes of length 1 or missing in front are repeated, by
 * NumPy's rule.
 */
public final class Choices {
  private Choices() {}

  /**
   * The larger of a and b, NaN if one is; where they are equal, each has half of the gradient, as
   * in PyTorch.
   *
   * @throws IllegalArgumentException if an axis has two lengths and neither is 1
   */
  public static Variable max(Variable a, Variable b) {
    Tensor p = a.value();
    Tensor q = b.value();
    return Variable.of(
        Operation.composed(
                "max of two",
                in -> max(in.get(0), in.get(1)),
                in -> Arithmetic.add(in.get(1), above(in.get(0), in.get(1))),
                List.of(a, b))
            .withKinks(),
        Broadcast.max(p, q),
        a.pull(dy -> share(dy, p, q, p)),
        b.pull(dy -> share(dy, q, p, q)));
  }

  /** The smaller of a and b; all else as {@link #max}. */
  public static Variable min(Variable a, Variable b) {
    Tensor p = a.value();
    Tensor q = b.value();
    return Variable.of(
        Operation.composed(
                "min of two",
                in -> min(in.get(0), in.get(1)),
                in -> Arithmetic.subtract(in.get(0), above(in.get(0), in.get(1))),
                List.of(a, b))
            .withKinks(),
        Broadcast.min(p, q),
        a.pull(dy -> share(dy, q, p, p)),
        b.pull(dy -> share(dy, p, q, q)));
  }

  /** max(a - b, 0). */
  private static Variable above(Variable a, Variable b) {
    return Elementwise.relu(Arithmetic.subtract(a, b));
  }

  /** The part of dy where {@code larger > smaller}, summed up to the shape of an input. */
  private static Tensor share(Tensor dy, Tensor larger, Tensor smaller, Tensor input) {
    Tensor shares = Broadcast.above(larger, smaller);
    return Broadcast.sumTo(Broadcast.multiply(dy, shares), input.shape());
  }

  /**
   * a where the condition is not 0, else b. What is not chosen may be NaN or infinite.
   *
   * @param condition a constant
   * @throws IllegalArgumentException if an axis has two lengths and neither is 1
   */
  public static Variable where(Tensor condition, Variable a, Variable b) {
    Tensor zero = Tensor.scalar(0f);
    return Variable.of(
        Operation.sum("where", in -> where(condition, in.get(0), in.get(1)), List.of(a, b)),
        Broadcast.where(condition, a.value(), b.value()),
        a.pull(dy -> Broadcast.sumTo(Broadcast.where(condition, dy, zero), a.shape())),
        b.pull(dy -> Broadcast.sumTo(Broadcast.where(condition, zero, dy), b.shape())));
  }
}
