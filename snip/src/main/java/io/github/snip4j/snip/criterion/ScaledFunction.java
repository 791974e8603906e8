package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.snip.criterion.ScaledNumbers.Scaled;
import java.util.List;

/**
 * A smooth function f of each element x = v 2<sup>e</sup> of {@link ScaledNumbers}.
 *
 * <p>Where x is neither very large nor very small it is f(x) as ever. Where all |x| are below
 * 2<sup>-60</sup>, f(0) + f'(0) x is all that a float sees of f. Where |x| is above 2<sup>60</sup>
 * it is what f is far out: x times a constant, as GELU and softplus are, or a constant, as tanh and
 * sigmoid are.
 */
final class ScaledFunction {
  private static final int FAR = 60;

  private final String who;
  private final Operation f;

  ScaledFunction(String who, Operation f) {
    this.who = who;
    this.f = f;
  }

  Scaled of(Scaled x) {
    int size = ScaledNumbers.sizeOf(x.v().value()) + x.exponent();
    if (size > FAR) {
      return farOut(x);
    }
    Tensor zero = Tensor.zeros(Shape.of(1));
    boolean linearAtZero = f(zero).at(0) == 0 && Float.isFinite(f.slope(zero).at(0));
    if (size < -FAR && linearAtZero) {
      Tensor slope = Tensor.full(x.v().shape(), f.slope(zero).at(0));
      Tensor y = Broadcast.multiply(x.v().value(), slope);
      return new Scaled(differentiable(x.v(), y, slope), x.exponent());
    }
    Variable unscaled = x.times(x.exponent(), 0).v();
    Tensor y = f(unscaled.value());
    return new Scaled(differentiable(unscaled, y, f.slope(unscaled.value())), 0);
  }

  private Tensor f(Tensor x) {
    return f.again(List.of(Variable.constant(x))).value();
  }

  private static Variable differentiable(Variable x, Tensor y, Tensor slope) {
    return Variable.of(
        Operation.named("scaled function"), y, x.pull(dy -> Broadcast.multiply(dy, slope)));
  }

  /** Some elements are beyond 2<sup>60</sup>: the result keeps their exponent. */
  private Scaled farOut(Scaled x) {
    Tensor v = x.v().value();
    int e = x.exponent();
    Tensor near = Tensor.zeros(v.shape());
    for (int j = 0; j < v.size(); j++) {
      double actual = Math.scalb((double) v.at(j), e);
      near.put(j, Math.abs(actual) < Math.scalb(1.0, FAR) ? (float) actual : 0f);
    }
    Tensor y = f(near).copy();
    Tensor slope = f.slope(near).copy();
    Tensor above = ratioAndConstant(1);
    Tensor below = ratioAndConstant(-1);
    for (int j = 0; j < v.size(); j++) {
      if (Math.abs(Math.scalb((double) v.at(j), e)) < Math.scalb(1.0, FAR)) {
        y.put(j, (float) Math.scalb((double) y.at(j), -e));
      } else {
        Tensor side = v.at(j) > 0 ? above : below;
        y.put(j, side.at(0) * v.at(j) + (float) Math.scalb((double) side.at(1), -e));
        slope.put(j, side.at(0));
      }
    }
    return new Scaled(differentiable(x.v(), y, slope), e);
  }

  /** The a and b of f(x) = a x + b, one of them 0, for all large x of a sign. */
  private Tensor ratioAndConstant(int sign) {
    float once = sign * Math.scalb(1f, FAR);
    Tensor y = f(Tensor.of(Shape.of(3), once, 2 * once, 4 * once));
    if (Float.isFinite(y.at(2)) && y.at(1) == y.at(0) && y.at(2) == y.at(0)) {
      return Tensor.of(Shape.of(2), 0, y.at(0));
    }
    if (Float.isFinite(y.at(2)) && y.at(1) == 2 * y.at(0) && y.at(2) == 4 * y.at(0)) {
      return Tensor.of(Shape.of(2), y.at(0) / once, 0);
    }
    throw new IllegalArgumentException(
        (who + ": values of more than 2^" + FAR + " reach '" + f.name() + "', which there is")
            + " neither constant nor proportional to them: expected smaller weights or fewer layers");
  }
}
