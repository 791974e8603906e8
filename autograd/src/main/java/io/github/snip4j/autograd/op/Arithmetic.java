package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * Elementwise arithmetic of two variables, or of one and a constant; axes of length 1 or missing in
 * front are repeated, by NumPy's rule. {@link Broadcast#sumTo} undoes the repetition in every
 * gradient.
 */
public final class Arithmetic {
  private Arithmetic() {}

  /** a + b. */
  public static Variable add(Variable a, Variable b) {
    return Variable.of(
        Operation.sum("add", in -> add(in.get(0), in.get(1)), List.of(a, b)),
        Broadcast.add(a.value(), b.value()),
        a.pull(dy -> Broadcast.sumTo(dy, a.shape())),
        b.pull(dy -> Broadcast.sumTo(dy, b.shape())));
  }

  /** a - b. */
  public static Variable subtract(Variable a, Variable b) {
    return Variable.of(
        Operation.sum("subtract", in -> subtract(in.get(0), in.get(1)), List.of(a, b))
            .forSignals(in -> add(in.get(0), in.get(1))),
        Broadcast.subtract(a.value(), b.value()),
        a.pull(dy -> Broadcast.sumTo(dy, a.shape())),
        b.pull(dy -> Broadcast.sumTo(Pointwise.scale(dy, -1), b.shape())));
  }

  /** a b: with a = c and b = w, the c ⊙ w of the SNIP paper. */
  public static Variable multiply(Variable a, Variable b) {
    Tensor x = a.value();
    Tensor y = b.value();
    return Variable.of(
        Operation.product("multiply", Arithmetic::multiply, a, b),
        Broadcast.multiply(x, y),
        a.pull(dy -> Broadcast.sumTo(Broadcast.multiply(dy, y), x.shape())),
        b.pull(dy -> Broadcast.sumTo(Broadcast.multiply(dy, x), y.shape())));
  }

  /** a / b. */
  public static Variable divide(Variable a, Variable b) {
    Tensor denominator = b.value();
    Tensor quotient = Broadcast.divide(a.value(), denominator);
    return Variable.of(
        Operation.composed(
            "divide",
            in -> divide(in.get(0), in.get(1)),
            in -> multiply(in.get(0), Elementwise.reciprocal(in.get(1))),
            List.of(a, b)),
        quotient,
        a.pull(dy -> Broadcast.sumTo(Broadcast.divide(dy, denominator), a.shape())),
        b.pull(
            dy -> {
              Tensor slope = Broadcast.divide(Pointwise.scale(quotient, -1), denominator);
              return Broadcast.sumTo(Broadcast.multiply(dy, slope), b.shape());
            }));
  }

  /** A constant times x. */
  public static Variable scale(Variable x, float factor) {
    return Variable.of(
        Operation.linear("scale", v -> scale(v, factor), x)
            .forSignals(in -> scale(in.get(0), Math.abs(factor))),
        Pointwise.scale(x.value(), factor),
        x.pull(dy -> Pointwise.scale(dy, factor)));
  }
}
