package io.github.snip4j.nn.objective;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Losses;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * Huber's loss, averaged over outputs and examples: r²/2 where r = y - t is at most delta, and
 * delta (|r| - delta/2) beyond; PyTorch's {@code HuberLoss}. Targets: {@code Targets.values}, of
 * the outputs' shape.
 *
 * @param delta above 0
 */
public record Huber(double delta) implements Objective {
  /** Checks the range. */
  public Huber {
    if (!(delta > 0 && delta <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("huber: delta " + delta + ": expected a number above 0");
    }
  }

  @Override
  public Variable loss(Variable outputs, Targets targets) {
    return Losses.huber(outputs, Variable.constant(targets.values()), (float) delta);
  }

  /** H is diagonal: 1 / outputs where |r| is at most delta, and 0 beyond. */
  @Override
  public List<Tensor> curvature(Tensor outputs, Targets targets) {
    Tensor t = targets.values();
    return Diagonal.roots(
        outputs, i -> Math.abs(outputs.at(i) - t.at(i)) <= delta ? 1.0 / outputs.size() : 0);
  }
}
