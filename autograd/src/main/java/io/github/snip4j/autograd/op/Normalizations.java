package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.BatchNormKernel;
import io.github.snip4j.core.tensor.Tensor;

/** Normalisation by mean and variance. */
public final class Normalizations {
  private Normalizations() {}

  /** A batch that was normalised by its own statistics, and the kernel's result with those. */
  public record Normalized(Variable y, BatchNormKernel statistics) {
    /**
     * Moves running statistics towards those of this batch: running = (1 - momentum) running +
     * momentum batch, with the unbiased variance, as PyTorch does.
     *
     * @param mean {@code [C]}, modified
     * @param variance {@code [C]}, modified
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public void updateRunning(Tensor mean, Tensor variance, double momentum) {
      BatchNormKernel.updateRunning(statistics, mean, variance, momentum);
    }
  }

  /**
   * Batch normalisation in training: each channel by its own mean and variance in this batch;
   * formula in {@link BatchNormKernel}.
   *
   * @param x {@code [C, ..., N]}
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Normalized batchNorm(Variable x, Variable scale, Variable shift, double eps) {
    BatchNormKernel norm = BatchNormKernel.train(x.value(), scale.value(), shift.value(), eps);
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
    BatchNormKernel norm =
        BatchNormKernel.evaluate(x.value(), scale.value(), shift.value(), mean, variance, eps);
    return differentiable(norm, x, scale, shift);
  }

  private static Variable differentiable(
      BatchNormKernel norm, Variable x, Variable scale, Variable shift) {
    JointGradient<BatchNormKernel.Gradients> gradients =
        new JointGradient<>(norm::gradients, x, scale, shift);
    return Variable.of(
        norm.y(),
        x.pull(dy -> gradients.of(dy).dx()),
        scale.pull(dy -> gradients.of(dy).dScale()),
        shift.pull(dy -> gradients.of(dy).dShift()));
  }
}
