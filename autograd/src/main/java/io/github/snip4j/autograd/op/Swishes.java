package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Activations;
import java.util.List;

/** Each element times a gate that it opens itself, for any shape. */
public final class Swishes {
  private Swishes() {}

  /**
   * x / (1 + e<sup>-x</sup>), also called swish [Ramachandran, Zoph, Le, <i>Searching for
   * activation functions</i>, 2017].
   */
  public static Variable silu(Variable x) {
    return Variable.of(
        Operation.smooth("silu", Swishes::silu, x),
        Activations.silu(x.value()),
        x.pull(dy -> Activations.siluGradient(dy, x.value())));
  }

  /**
   * x min(max(x + 3, 0), 6) / 6 [Howard et al., <i>Searching for MobileNetV3</i>, 2019]; the
   * derivative at -3 and at 3 is that of the parabola between them, as in PyTorch.
   */
  public static Variable hardSwish(Variable x) {
    return Variable.of(
        Operation.composed(
                "hard swish",
                in -> hardSwish(in.get(0)),
                in -> Arithmetic.multiply(in.get(0), PiecewiseLinear.hardSigmoid(in.get(0))),
                List.of(x))
            .withKinks(),
        Activations.hardSwish(x.value()),
        x.pull(dy -> Activations.hardSwishGradient(dy, x.value())));
  }
}
