package io.github.snip4j.nn.objective;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Losses;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;

/**
 * (y - t)², averaged over outputs and examples; PyTorch's {@code MSELoss}. Targets: {@code
 * Targets.values}, of the outputs' shape.
 */
public record MeanSquared() implements Objective {
  @Override
  public Variable loss(Variable outputs, Targets targets) {
    return Losses.meanSquaredError(outputs, Variable.constant(targets.values()));
  }

  /** H is diagonal: 2 / outputs. */
  @Override
  public List<Tensor> curvature(Tensor outputs, Targets targets) {
    return Diagonal.roots(outputs, i -> 2.0 / outputs.size());
  }
}
