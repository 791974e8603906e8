package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.function.IntConsumer;

/**
 * Batch normalisation [1] of {@code [C, ..., N]}, channel by channel: y = scale (x - mean) /
 * √(variance + eps) + shift.
 *
 * <p>In training, mean and variance (the biased one, divided by the number of elements) are those
 * of the channel in this batch; in evaluation, they are given. A channel is one contiguous run.
 *
 * <p>Implementation note: the second pass over a channel corrects the mean of the first by the mean
 * of the deviations from it, and the variance by its square. So rounding in the first sum, which
 * grows with the length of the channel, does not stay in the result.
 *
 * <p>A rectifier that follows, y = max(…, 0), is computed with it while a channel is in cache.
 *
 * <p>[1] Ioffe, Szegedy, <i>Batch Normalization</i>, ICML 2015.
 */
public final class BatchNormKernel {
  private static final int GRAIN = 1 << 14; // elements a thread takes at a time

  private final Tensor x;
  private final Tensor scale;
  private final Tensor mean;
  private final Tensor variance;
  private final double[] inverses; // 1 / √(variance + eps), of channels
  private final double eps;
  private final boolean training;
  private final boolean relu; // behind it
  private final Tensor y;

  private BatchNormKernel(
      Tensor x,
      Tensor scale,
      Tensor mean,
      Tensor variance,
      double eps,
      boolean training,
      boolean relu) {
    this.x = x;
    this.scale = scale;
    this.mean = mean;
    this.variance = variance;
    this.inverses = new double[x.shape().dim(0)];
    this.eps = eps;
    this.training = training;
    this.relu = relu;
    this.y = Tensor.uninitialized(x.shape());
  }

  /**
   * Derivatives of the loss.
   *
   * @param dx {@code [C, ..., N]}
   * @param dScale {@code [C]}
   * @param dShift {@code [C]}
   */
  public record Gradients(Tensor dx, Tensor dScale, Tensor dShift) {}

  /**
   * Normalises by the batch's own mean and variance.
   *
   * @param x {@code [C, ..., N]}, at least two elements per channel: one is its own mean, so that y
   *     is the shift whatever x is, and nothing before it learns; not modified, and kept for the
   *     gradient
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @throws IllegalArgumentException if the shapes do not fit, or there are fewer elements
   */
  public static BatchNormKernel train(Tensor x, Tensor scale, Tensor shift, double eps) {
    return train(x, scale, shift, eps, false);
  }

  /** Normalises by the batch's own mean and variance, then replaces what is negative by 0. */
  public static BatchNormKernel trainThenRelu(Tensor x, Tensor scale, Tensor shift, double eps) {
    return train(x, scale, shift, eps, true);
  }

  private static BatchNormKernel train(
      Tensor x, Tensor scale, Tensor shift, double eps, boolean relu) {
    int run = run(x.shape());
    checkChannels(x, "scale", scale, "shift", shift);
    if (run < 2) {
      throw new IllegalArgumentException(
          ("batch norm: x " + x.shape() + " has " + (run == 1 ? "one value" : "no values"))
              + " per channel, of which training mode cannot take a variance:"
              + " give a batch of two examples or more, or use evaluation mode");
    }
    Shape channels = scale.shape();
    Tensor mean = Tensor.uninitialized(channels);
    Tensor variance = Tensor.uninitialized(channels);
    BatchNormKernel norm = new BatchNormKernel(x, scale, mean, variance, eps, true, relu);
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    forChannels(
        x,
        c -> {
          int at = x.offset() + c * run;
          float first = (float) (kernels.sum(run, x.data(), at) / run);
          double[] sums = new double[2];
          kernels.deviations(run, first, x.data(), at, sums);
          double correction = sums[0] / run;
          mean.put(c, (float) (first + correction));
          double squared = Math.max(0, sums[1] / run - correction * correction);
          variance.put(c, (float) squared);
          norm.normalize(c, run, squared, shift);
        });
    return norm;
  }

  /**
   * Normalises by given statistics.
   *
   * @param x {@code [C, ..., N]}, also of no examples; not modified, and kept for the gradient
   * @param scale {@code [C]}, as shift, mean and variance
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static BatchNormKernel evaluate(
      Tensor x, Tensor scale, Tensor shift, Tensor mean, Tensor variance, double eps) {
    int run = run(x.shape());
    checkChannels(x, "scale", scale, "shift", shift);
    checkChannels(x, "mean", mean, "variance", variance);
    BatchNormKernel norm = new BatchNormKernel(x, scale, mean, variance, eps, false, false);
    forChannels(x, c -> norm.normalize(c, run, variance.at(c), shift));
    return norm;
  }

  /** Normalises a channel by its variance, which may be too large for a float. */
  private void normalize(int c, int run, double squared, Tensor shift) {
    inverses[c] = 1 / Math.sqrt(squared + eps);
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    float factor = (float) (scale.at(c) * inverses[c]);
    int from = x.offset() + c * run;
    int to = y.offset() + c * run;
    kernels.normalize(run, mean.at(c), factor, shift.at(c), x.data(), from, y.data(), to);
    if (relu) {
      KernelChoice.chosen().elements().relu(run, y.data(), to, y.data(), to);
    }
  }

  /** The result, {@code [C, ..., N]}. */
  public Tensor y() {
    return y;
  }

  /** The mean it was normalised by, {@code [C]}. */
  public Tensor mean() {
    return mean;
  }

  /** The variance it was normalised by, {@code [C]}. */
  public Tensor variance() {
    return variance;
  }

  /**
   * With h = (x - mean) / √(variance + eps): dShift = Σ dy, dScale = Σ dy h, and dx = scale /
   * √(variance + eps) (dy - the mean of dy - h times the mean of dy h); in evaluation, where mean
   * and variance are constants, without the two means.
   *
   * @param dy upstream, {@code [C, ..., N]}
   * @throws IllegalArgumentException if its shape is another than that of x
   */
  public Gradients gradients(Tensor dy) {
    if (!dy.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "batch norm gradient: dy " + dy.shape() + " and x " + x.shape());
    }
    Shape channels = Shape.of(x.shape().dim(0));
    Tensor dx = Tensor.uninitialized(x.shape());
    Tensor dScale = Tensor.uninitialized(channels);
    Tensor dShift = Tensor.uninitialized(channels);
    int run = run(x.shape());
    forChannels(
        x,
        c -> {
          Tensor upstream = relu ? throughRelu(c, run, dy, dx) : dy;
          gradient(c, run, upstream, dx, dScale, dShift);
        });
    return new Gradients(dx, dScale, dShift);
  }

  /** The upstream gradient of a channel before the rectifier, in {@code to}'s place for it. */
  private Tensor throughRelu(int c, int run, Tensor dy, Tensor to) {
    ElementKernels kernels = KernelChoice.chosen().elements();
    int yAt = y.offset() + c * run;
    int dyAt = dy.offset() + c * run;
    kernels.reluGradient(run, y.data(), yAt, dy.data(), dyAt, to.data(), to.offset() + c * run);
    return to;
  }

  /** The gradients of a channel; {@code dx} may be {@code dy}. */
  private void gradient(int c, int run, Tensor dy, Tensor dx, Tensor dScale, Tensor dShift) {
    ReductionKernels reductions = KernelChoice.chosen().reductions();
    ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
    int xAt = x.offset() + c * run;
    int dyAt = dy.offset() + c * run;
    int dxAt = dx.offset() + c * run;
    float m = mean.at(c);
    double inverse = inverses[c];
    double sum = reductions.sum(run, dy.data(), dyAt);
    double dot = inverse * reductions.dot(run, m, x.data(), xAt, dy.data(), dyAt);
    dShift.put(c, (float) sum);
    dScale.put(c, (float) dot);
    double factor = scale.at(c) * inverse;
    if (training) {
      float slope = (float) (-factor * inverse * dot / run);
      float shift = (float) (-factor * sum / run);
      arithmetic.normalizeGradient(
          run, (float) factor, dy.data(), dyAt, m, slope, x.data(), xAt, shift, dx.data(), dxAt);
    } else {
      arithmetic.scale(run, (float) factor, dy.data(), dyAt, dx.data(), dxAt);
    }
  }

  /**
   * Moves running statistics towards those of this batch, as PyTorch does: running = (1 - momentum)
   * running + momentum batch, the variance as the unbiased one (divided by the number of elements
   * less one).
   *
   * @param batch of {@link #train}
   * @param runningMean {@code [C]}, modified
   * @param runningVariance {@code [C]}, modified
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static void updateRunning(
      BatchNormKernel batch, Tensor runningMean, Tensor runningVariance, double momentum) {
    checkChannels(batch.x, "running mean", runningMean, "running variance", runningVariance);
    int run = run(batch.x.shape());
    for (int c = 0; c < runningMean.size(); c++) {
      mix(runningMean, c, batch.mean.at(c), momentum);
      mix(runningVariance, c, batch.variance.at(c) * (run / (run - 1.0)), momentum);
    }
  }

  private static void mix(Tensor running, int c, double batch, double momentum) {
    running.put(c, (float) ((1 - momentum) * running.at(c) + momentum * batch));
  }

  private static void forChannels(Tensor x, IntConsumer body) {
    Parallel.forRange(
        x.shape().dim(0),
        GRAIN / Math.max(1, run(x.shape())) + 1,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            body.accept(c);
          }
        });
  }

  /** How many elements a channel has. */
  private static int run(Shape shape) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException("batch norm: x " + shape + " must be [C, ..., N]");
    }
    return shape.size() / Math.max(1, shape.dim(0));
  }

  private static void checkChannels(
      Tensor x, String firstName, Tensor first, String secondName, Tensor second) {
    Shape expected = Shape.of(x.shape().dim(0));
    if (!first.shape().equals(expected) || !second.shape().equals(expected)) {
      throw new IllegalArgumentException(
          ("batch norm: x " + x.shape() + ": " + firstName + " " + first.shape())
              + (" and " + secondName + " " + second.shape() + " must be " + expected));
    }
  }
}
