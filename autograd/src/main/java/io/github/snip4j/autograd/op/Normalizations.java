package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.BatchNormKernel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisation by mean and variance. */
public final class Normalizations {
  private Normalizations() {}

  /** A batch that was normalised by its own mean and variance. */
  public static final class Normalized {
    private final Variable y;
    private final BatchNormKernel norm;

    private Normalized(Variable y, BatchNormKernel norm) {
      this.y = y;
      this.norm = norm;
    }

    /** The result, of the shape of x. */
    public Variable y() {
      return y;
    }

    /** The mean of each channel in this batch, {@code [C]}. */
    public Tensor mean() {
      return norm.mean();
    }

    /** The biased variance of each channel in this batch, {@code [C]}. */
    public Tensor variance() {
      return norm.variance();
    }

    /**
     * Moves running statistics towards those of this batch: running = (1 - momentum) running +
     * momentum batch, with the unbiased variance, as PyTorch does.
     *
     * @param runningMean {@code [C]}, modified
     * @param runningVariance {@code [C]}, modified
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public void updateRunning(Tensor runningMean, Tensor runningVariance, double momentum) {
      BatchNormKernel.updateRunning(norm, runningMean, runningVariance, momentum);
    }
  }

  /**
   * Batch normalisation in training: each channel by its own mean and variance in this batch: y =
   * scale (x - mean) / √(variance + eps) + shift, with the biased variance.
   *
   * @param x {@code [C, ..., N]}
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Normalized batchNorm(Variable x, Variable scale, Variable shift, double eps) {
    BatchNormKernel norm = BatchNormKernel.train(x.value(), scale.value(), shift.value(), eps);
    Operation operation =
        Operation.composed(
            "batch norm, training",
            in -> batchNorm(in.get(0), in.get(1), in.get(2), eps).y(),
            in -> ownStatistics(in.get(0), in.get(1), in.get(2), eps),
            List.of(x, scale, shift));
    return new Normalized(differentiable(operation, norm, x, scale, shift), norm);
  }

  /**
   * Batch normalisation in training and a rectifier behind it, in one: y = max(0, scale (x - mean)
   * / √(variance + eps) + shift). It has the bits of {@link #batchNorm(Variable, Variable,
   * Variable, double)} and {@link Elementwise#relu}, remembers less and goes through memory less
   * often.
   *
   * @param x {@code [C, ..., N]}
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Normalized batchNormThenRelu(
      Variable x, Variable scale, Variable shift, double eps) {
    BatchNormKernel norm =
        BatchNormKernel.trainThenRelu(x.value(), scale.value(), shift.value(), eps);
    Operation operation =
        Operation.composed(
                "batch norm and relu, training",
                in -> batchNormThenRelu(in.get(0), in.get(1), in.get(2), eps).y(),
                in -> Elementwise.relu(ownStatistics(in.get(0), in.get(1), in.get(2), eps)),
                List.of(x, scale, shift))
            .withKinks();
    return new Normalized(differentiable(operation, norm, x, scale, shift), norm);
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
    Operation operation =
        Operation.composed(
            "batch norm",
            in -> batchNorm(in.get(0), in.get(1), in.get(2), mean, variance, eps),
            in -> affine(in.get(0), in.get(1), in.get(2), mean, variance, eps),
            List.of(x, scale, shift));
    return differentiable(operation, norm, x, scale, shift);
  }

  private static Variable differentiable(
      Operation operation, BatchNormKernel norm, Variable x, Variable scale, Variable shift) {
    JointGradient<BatchNormKernel.Gradients> gradients =
        new JointGradient<>(norm::gradients, x, scale, shift);
    return Variable.of(
        operation,
        norm.y(),
        x.pull(dy -> gradients.of(dy).dx()),
        scale.pull(dy -> gradients.of(dy).dScale()),
        shift.pull(dy -> gradients.of(dy).dShift()));
  }

  /** a x + (shift - a mean) with a = scale / √(variance + eps), by channel. */
  private static Variable affine(
      Variable x, Variable scale, Variable shift, Tensor mean, Tensor variance, double eps) {
    Tensor deviations = Tensor.zeros(variance.shape());
    for (int c = 0; c < deviations.size(); c++) {
      deviations.put(c, (float) (1 / Math.sqrt(variance.at(c) + eps)));
    }
    Variable a = Arithmetic.multiply(scale, Variable.constant(deviations));
    Variable b = Arithmetic.subtract(shift, Arithmetic.multiply(a, Variable.constant(mean)));
    return Arithmetic.add(Arithmetic.multiply(x, perChannel(a, x)), perChannel(b, x));
  }

  private static Variable ownStatistics(Variable x, Variable scale, Variable shift, double eps) {
    int[] axes = IntStream.range(1, x.shape().rank()).toArray();
    Variable centred = Arithmetic.subtract(x, Reductions.mean(x, Reductions.Reduced.STAYS, axes));
    Variable variance =
        Reductions.mean(Arithmetic.multiply(centred, centred), Reductions.Reduced.STAYS, axes);
    Variable deviation =
        Elementwise.sqrt(Arithmetic.add(variance, Variable.constant(Tensor.scalar((float) eps))));
    return Arithmetic.add(
        Arithmetic.multiply(Arithmetic.divide(centred, deviation), perChannel(scale, x)),
        perChannel(shift, x));
  }

  private static Variable perChannel(Variable v, Variable x) {
    int[] dims = new int[x.shape().rank()];
    Arrays.fill(dims, 1);
    dims[0] = v.shape().dim(0);
    return Shapes.reshape(v, Shape.of(dims));
  }
}
