package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;

/** Sums. */
public final class Reductions {
  private Reductions() {}

  /** All elements added up, shape {@code []}. */
  public static Variable sum(Variable x) {
    return Variable.of(
        Tensor.scalar(Pointwise.sum(x.value())), x.pull(dy -> Tensor.full(x.shape(), dy.item())));
  }
}
