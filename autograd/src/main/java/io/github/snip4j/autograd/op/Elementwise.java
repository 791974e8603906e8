package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;

/** Functions of each element by itself. */
public final class Elementwise {
  private Elementwise() {}

  /** max(x, 0), with derivative 0 at 0 as in PyTorch. */
  public static Variable relu(Variable x) {
    Tensor y = Pointwise.relu(x.value());
    return Variable.of(y, x.pull(dy -> Pointwise.reluGradient(dy, y)));
  }
}
