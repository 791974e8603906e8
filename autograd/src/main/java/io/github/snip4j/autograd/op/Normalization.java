package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.kernel.BatchNorm;
import io.github.snip4j.core.tensor.Tensor;

/** Normalisation by mean and variance. */
public final class Normalization {
  private Normalization() {}

  /** A batch that was normalised by its own statistics, and the kernel's result with those. */
  public record Normalized(Variable y, BatchNorm statistics) {
    /**
     * Moves running statistics towards those of this batch: running = (1 - momentum) running +
     * momentum batch, with the unbiased variance, as PyTorch does.
     *
     * @param mean {@code [C]}, modified
     * @param variance {@code [C]}, modified
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public void updateRunning(Tensor mean, Tensor variance, double momentum) {
      BatchNorm.updateRunning(statistics, mean, variance, momentum);
    }
  }

  /**
   * Batch normalisation in training: each channel by its own mean and variance in this batch;
   * formula in {@link BatchNorm}.
   *
   * @param x {@code [C, ..., N]}
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Normalized batchNorm(Variable x, Variable scale, Variable shift, double eps) {
    BatchNorm norm = BatchNorm.train(x.value(), scale.value(), shift.value(), eps);
    return new Normalized(differentiable(norm, x, scale, shift), norm);
  }

  /**
   * Batch normalisation in use: by given statistics, which are constants.
   *
   * @param x {@code [C, ..., N]}
   * @param scale {@code [C]}, as shift, mean and variance
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable batchNorm(
      Variable x, Variable scale, Variable shift, Tensor mean, Tensor variance, double eps) {
    BatchNorm norm =
        BatchNorm.evaluate(x.value(), scale.value(), shift.value(), mean, variance, eps);
    return differentiable(norm, x, scale, shift);
  }

  private static Variable differentiable(
      BatchNorm norm, Variable x, Variable scale, Variable shift) {
    Together<BatchNorm.Gradients> gradients = new Together<>(norm::gradients, x, scale, shift);
    return Variable.of(
        norm.y(),
        x.pull(dy -> gradients.of(dy).dx()),
        scale.pull(dy -> gradients.of(dy).dScale()),
        shift.pull(dy -> gradients.of(dy).dShift()));
  }
}
