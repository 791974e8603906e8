package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;

/** Functions of each element by itself. */
public final class Elementwise {
  private Elementwise() {}

  /** e<sup>x</sup>. */
  public static Variable exp(Variable x) {
    Tensor y = Pointwise.exp(x.value());
    return Variable.of(y, x.pull(dy -> Broadcast.multiply(dy, y)));
  }

  /** ln x. */
  public static Variable log(Variable x) {
    return Variable.of(Pointwise.log(x.value()), x.pull(dy -> Broadcast.divide(dy, x.value())));
  }

  /** √x. */
  public static Variable sqrt(Variable x) {
    Tensor y = Pointwise.sqrt(x.value());
    return Variable.of(y, x.pull(dy -> Pointwise.scale(Broadcast.divide(dy, y), 0.5f)));
  }

  /** max(x, 0), with derivative 0 at 0 as in PyTorch. */
  public static Variable relu(Variable x) {
    Tensor y = Pointwise.relu(x.value());
    return Variable.of(y, x.pull(dy -> Pointwise.reluGradient(dy, y)));
  }

  /** x where {@code x > 0}, else slope x, with derivative slope at 0 as in PyTorch. */
  public static Variable leakyRelu(Variable x, float slope) {
    return Variable.of(
        Pointwise.leakyRelu(x.value(), slope),
        x.pull(dy -> Pointwise.leakyReluGradient(dy, x.value(), slope)));
  }

  /** x Φ(x), Φ the standard normal distribution: PyTorch's default, not its tanh form. */
  public static Variable gelu(Variable x) {
    return Variable.of(
        Pointwise.gelu(x.value()), x.pull(dy -> Pointwise.geluGradient(dy, x.value())));
  }

  /** ln(1 + e<sup>x</sup>). */
  public static Variable softplus(Variable x) {
    return Variable.of(
        Pointwise.softplus(x.value()), x.pull(dy -> Pointwise.softplusGradient(dy, x.value())));
  }

  /** tanh x. */
  public static Variable tanh(Variable x) {
    Tensor y = Pointwise.tanh(x.value());
    return Variable.of(y, x.pull(dy -> Pointwise.tanhGradient(dy, y)));
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  public static Variable sigmoid(Variable x) {
    Tensor y = Pointwise.sigmoid(x.value());
    return Variable.of(y, x.pull(dy -> Pointwise.sigmoidGradient(dy, y)));
  }
}
