package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Normalizations;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Batch normalisation [1] of features or images: y = scale (x - mean) / √(variance + eps) + shift,
 * channel by channel.
 *
 * <p>x and y {@code [C, N]} or {@code [C, H, W, N]}. Parameters {@code <name>.weight} (the scale),
 * ones, and {@code <name>.bias} (the shift), zeros: PyTorch's names. Buffers {@code
 * <name>.running_mean}, zeros, and {@code <name>.running_var}, ones.
 *
 * <p>In training, mean and variance are those of the channel in this batch, and the running ones
 * move towards them; in evaluation they are the running ones. So a fresh network evaluates as if
 * its batch norms were hardly there, which is how the paper's code scores connections.
 *
 * <p>[1] Ioffe, Szegedy, <i>Batch normalization</i>, 2015. The running variance collects the
 * unbiased one, as in PyTorch and in TensorFlow's fused kernel.
 */
public final class BatchNorm implements Layer {
  /** TensorFlow's default, which the paper's code uses; PyTorch's is 1e-5. */
  public static final double EPS = 1e-3;

  /**
   * The share of a batch in the running statistics: 1 less TensorFlow's default of 0.99, which the
   * paper's code uses; PyTorch's is 0.1.
   */
  public static final double MOMENTUM = 0.01;

  private final String name;
  private final Parameter scale;
  private final Parameter shift;
  private final Buffer mean;
  private final Buffer variance;
  private final double eps;
  private final double momentum;

  /** With the constants of the paper's code. */
  public BatchNorm(String name, int channels) {
    this(name, channels, EPS, MOMENTUM);
  }

  /**
   * Any batch norm.
   *
   * @param name what the names of parameters and buffers begin with
   * @param eps added to the variance; positive
   * @param momentum the share of a batch in the running statistics, in [0, 1]
   */
  public BatchNorm(String name, int channels, double eps, double momentum) {
    if (!(eps > 0 && eps <= Double.MAX_VALUE && momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          (name + ": batch norm: eps " + eps + ", momentum " + momentum)
              + ": expected a positive eps and a momentum in [0, 1]");
    }
    Shape shape = Shape.of(channels);
    this.name = name;
    this.scale = new Parameter(name + ".weight", Parameter.Role.SCALE, Tensor.full(shape, 1f));
    this.shift = new Parameter(name + ".bias", Parameter.Role.SHIFT, Tensor.zeros(shape));
    this.mean = new Buffer(name + ".running_mean", Tensor.zeros(shape));
    this.variance = new Buffer(name + ".running_var", Tensor.full(shape, 1f));
    this.eps = eps;
    this.momentum = momentum;
  }

  private BatchNorm(BatchNorm like, UnaryOperator<Parameter> change) {
    this.name = like.name;
    this.scale = change.apply(like.scale);
    this.shift = change.apply(like.shift);
    this.mean = like.mean.copy();
    this.variance = like.variance.copy();
    this.eps = like.eps;
    this.momentum = like.momentum;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new BatchNorm(this, change);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    Variable a = pass.variable(scale);
    Variable b = pass.variable(shift);
    if (pass.mode() == Pass.Mode.EVALUATE) {
      return Normalizations.batchNorm(x, a, b, mean.value(), variance.value(), eps);
    }
    Normalizations.Normalized normalized = Normalizations.batchNorm(x, a, b, eps);
    normalized.updateRunning(mean.value(), variance.value(), momentum);
    return normalized.y();
  }

  /**
   * Computes this layer and a {@link Relu} behind it as a training step does, with the bits that
   * one after the other has.
   */
  Variable forwardThenRelu(Variable x, Pass pass) {
    Normalizations.Normalized normalized =
        Normalizations.batchNormThenRelu(x, pass.variable(scale), pass.variable(shift), eps);
    normalized.updateRunning(mean.value(), variance.value(), momentum);
    return normalized.y();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public List<Buffer> buffers() {
    return List.of(mean, variance);
  }

  @Override
  public LayerSpec describe() {
    return LayerSpec.of("batch-norm")
        .with("name", name)
        .with("channels", scale.size())
        .with("eps", eps)
        .with("momentum", momentum);
  }
}
