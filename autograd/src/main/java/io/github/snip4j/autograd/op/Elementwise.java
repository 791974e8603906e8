package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Functions of each element by itself. */
public final class Elementwise {
  private Elementwise() {}

  /** e<sup>x</sup>. */
  public static Variable exp(Variable x) {
    Tensor y = Pointwise.exp(x.value());
    return Variable.of(
        Operation.smooth("exp", Elementwise::exp, x), y, x.pull(dy -> Broadcast.multiply(dy, y)));
  }

  /** ln x. */
  public static Variable log(Variable x) {
    return Variable.of(
        Operation.smooth("log", Elementwise::log, x),
        Pointwise.log(x.value()),
        x.pull(dy -> Broadcast.divide(dy, x.value())));
  }

  /** √x. */
  public static Variable sqrt(Variable x) {
    Tensor y = Pointwise.sqrt(x.value());
    return Variable.of(
        Operation.smooth("sqrt", Elementwise::sqrt, x),
        y,
        x.pull(dy -> Pointwise.scale(Broadcast.divide(dy, y), 0.5f)));
  }

  /** max(x, 0), with derivative 0 at 0 as in PyTorch. */
  public static Variable relu(Variable x) {
    Tensor y = Pointwise.relu(x.value());
    return Variable.of(
        Operation.rectifier(
            "relu", Elementwise::relu, v -> sloped(v, dy -> Pointwise.reluGradient(dy, y)), x),
        y,
        x.pull(dy -> Pointwise.reluGradient(dy, y)));
  }

  /** x where {@code x > 0}, else slope x, with derivative slope at 0 as in PyTorch. */
  public static Variable leakyRelu(Variable x, float slope) {
    UnaryOperator<Tensor> gradient = dy -> Pointwise.leakyReluGradient(dy, x.value(), slope);
    return Variable.of(
        Operation.rectifier("leaky relu", v -> leakyRelu(v, slope), v -> sloped(v, gradient), x),
        Pointwise.leakyRelu(x.value(), slope),
        x.pull(gradient));
  }

  /** x Φ(x), Φ the standard normal distribution: PyTorch's default, not its tanh form. */
  public static Variable gelu(Variable x) {
    return Variable.of(
        Operation.smooth("gelu", Elementwise::gelu, x),
        Pointwise.gelu(x.value()),
        x.pull(dy -> Pointwise.geluGradient(dy, x.value())));
  }

  /** ln(1 + e<sup>x</sup>). */
  public static Variable softplus(Variable x) {
    return Variable.of(
        Operation.smooth("softplus", Elementwise::softplus, x),
        Pointwise.softplus(x.value()),
        x.pull(dy -> Pointwise.softplusGradient(dy, x.value())));
  }

  /** tanh x. */
  public static Variable tanh(Variable x) {
    Tensor y = Pointwise.tanh(x.value());
    return Variable.of(
        Operation.smooth("tanh", Elementwise::tanh, Elementwise::tanhSlope, x),
        y,
        x.pull(dy -> Pointwise.tanhGradient(dy, y)));
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  public static Variable sigmoid(Variable x) {
    Tensor y = Pointwise.sigmoid(x.value());
    return Variable.of(
        Operation.smooth("sigmoid", Elementwise::sigmoid, Elementwise::sigmoidSlope, x),
        y,
        x.pull(dy -> Pointwise.sigmoidGradient(dy, y)));
  }

  /** 1 / x. */
  public static Variable reciprocal(Variable x) {
    Tensor y = Broadcast.divide(Tensor.full(x.shape(), 1f), x.value());
    return Variable.of(
        Operation.smooth("reciprocal", Elementwise::reciprocal, x),
        y,
        x.pull(dy -> Pointwise.scale(Broadcast.multiply(dy, Broadcast.multiply(y, y)), -1)));
  }

  /** A rectifier with the slopes that its gradient has now. */
  private static Variable sloped(Variable v, UnaryOperator<Tensor> gradient) {
    Tensor slopes = gradient.apply(Tensor.full(v.shape(), 1f));
    return Arithmetic.multiply(v, Variable.constant(slopes));
  }

  /** sigmoid(x) sigmoid(-x): y (1 - y) would lose what is left of 1 - y. */
  private static Tensor sigmoidSlope(Tensor x) {
    return Broadcast.multiply(Pointwise.sigmoid(x), Pointwise.sigmoid(Pointwise.scale(x, -1)));
  }

  /** 1 / cosh² x = 4 sigmoid(2 x) sigmoid(-2 x). */
  private static Tensor tanhSlope(Tensor x) {
    return Pointwise.scale(sigmoidSlope(Pointwise.scale(x, 2)), 4);
  }
}
