package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The dense convolution and its gradients:
 *
 * <p>y[o, h, w, n] = b[o] + Σ<sub>c, i, j</sub> w[o, c, i, j] x[c, h stride + i dilation - pad, w
 * stride + j dilation - pad, n], c over the channels of o's group.
 *
 * <p>Shapes: x {@code [C, H, W, N]}, w {@code [O, C/groups, kH, kW]}, b {@code [O]}, y {@code [O,
 * H_out, W_out, N]}. Sums run in an order that the shapes alone decide. The same in plain loops:
 * {@link io.github.snip4j.core.internal.naive.NaiveConvolution}.
 */
public final class Convolution {
  private Convolution() {}

  /**
   * The convolution.
   *
   * @param bias {@code [O]}, or null for none
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias, Conv2dSpec spec) {
    return forward(KernelChoice.chosen(), x, w, bias, spec);
  }

  static Tensor forward(
      Kernels kernels, Tensor x, Tensor w, @Nullable Tensor bias, Conv2dSpec spec) {
    ConvShape g = new ConvShape(x.shape(), w.shape(), spec);
    checkBias(bias, g);
    return ConvForward.run(kernels.taps(), x, w, bias, g);
  }

  /**
   * The gradient by the input.
   *
   * @param dy the gradient by the output, of its shape
   * @param x the input's shape
   * @return of the input's shape
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor inputGradient(Tensor dy, Tensor w, Shape x, Conv2dSpec spec) {
    return inputGradient(KernelChoice.chosen(), dy, w, x, spec);
  }

  static Tensor inputGradient(Kernels kernels, Tensor dy, Tensor w, Shape x, Conv2dSpec spec) {
    ConvShape g = new ConvShape(x, w.shape(), spec);
    g.checkY("gradient", dy.shape());
    return ConvInputGradient.run(kernels.taps(), dy, w, g);
  }

  /**
   * The gradient by the weights.
   *
   * @param dy the gradient by the output, of its shape
   * @param w the weights' shape
   * @return of the weights' shape
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor weightGradient(Tensor dy, Tensor x, Shape w, Conv2dSpec spec) {
    return weightGradient(KernelChoice.chosen(), dy, x, w, spec);
  }

  static Tensor weightGradient(Kernels kernels, Tensor dy, Tensor x, Shape w, Conv2dSpec spec) {
    ConvShape g = new ConvShape(x.shape(), w, spec);
    g.checkY("gradient", dy.shape());
    return ConvWeightGradient.run(kernels.taps(), dy, x, g);
  }

  static void checkBias(@Nullable Tensor bias, ConvShape g) {
    if (bias != null && !bias.shape().equals(Shape.of(g.o))) {
      throw new IllegalArgumentException(
          "conv2d: bias " + bias.shape() + ": expected [" + g.o + "], one per output channel");
    }
  }
}
