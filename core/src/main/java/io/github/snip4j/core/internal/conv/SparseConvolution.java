package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Convolution} of which few weights are kept: an offset into the padded input and a value
 * per weight. Work is proportional to what is kept; any stride, dilation, padding and groups.
 *
 * <p>The pattern's rows are output channels, its columns (input channel of the group, row, column
 * of the filter), so its values are the weights in their order with the pruned ones left out.
 */
public final class SparseConvolution {
  final SparsePattern pattern;
  final Shape weights;
  final Conv2dSpec spec;
  private volatile @Nullable SparseConvPlan layout;

  /**
   * @param weights {@code [O, C/groups, kH, kW]}
   * @param pattern O rows, as many columns as one output has terms
   * @throws IllegalArgumentException if they do not fit together
   */
  public SparseConvolution(SparsePattern pattern, Shape weights, Conv2dSpec spec) {
    if (weights.rank() != 4
        || pattern.rows() != weights.dim(0)
        || pattern.columns() != weights.dim(1) * weights.dim(2) * weights.dim(3)
        || weights.dim(0) % spec.groups() != 0) {
      throw new IllegalArgumentException(
          "sparse conv2d: weights " + weights + " in " + spec.groups() + " groups and " + pattern);
    }
    this.pattern = pattern;
    this.weights = weights;
    this.spec = spec;
  }

  /** For inputs of this shape; that of the last shape is kept. */
  SparseConvPlan layout(ConvShape g) {
    SparseConvPlan last = layout;
    if (last == null || !last.x.equals(g.x())) {
      last = new SparseConvPlan(pattern, g);
      layout = last;
    }
    return last;
  }

  /** Which weights are kept. */
  public SparsePattern pattern() {
    return pattern;
  }

  /** {@code [O, C/groups, kH, kW]}. */
  public Shape weights() {
    return weights;
  }

  /** How the filter moves. */
  public Conv2dSpec spec() {
    return spec;
  }

  /**
   * The convolution.
   *
   * @param values {@code [kept]}
   * @param x {@code [C, H, W, N]}
   * @param bias {@code [O]}, or null for none
   * @return {@code [O, H_out, W_out, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public Tensor forward(Tensor values, Tensor x, @Nullable Tensor bias) {
    return forward(KernelChoice.chosen(), values, x, bias);
  }

  Tensor forward(Kernels kernels, Tensor values, Tensor x, @Nullable Tensor bias) {
    ConvShape g = new ConvShape(x.shape(), weights, spec);
    checkValues(values);
    Convolution.checkBias(bias, g);
    return SparseConvForward.run(kernels.sparse(), this, values, x, bias, g);
  }

  /**
   * The gradient by the input.
   *
   * @param values {@code [kept]}
   * @param dy {@code [O, H_out, W_out, N]}
   * @param x the input's shape
   * @return of the input's shape
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public Tensor inputGradient(Tensor values, Tensor dy, Shape x) {
    return inputGradient(KernelChoice.chosen(), values, dy, x);
  }

  Tensor inputGradient(Kernels kernels, Tensor values, Tensor dy, Shape x) {
    ConvShape g = new ConvShape(x, weights, spec);
    checkValues(values);
    g.checkY("gradient", dy.shape());
    return SparseConvInputGradient.run(kernels.sparse(), this, values, dy, g);
  }

  /**
   * The gradient by the values.
   *
   * @param dy {@code [O, H_out, W_out, N]}
   * @param x {@code [C, H, W, N]}
   * @return {@code [kept]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public Tensor valueGradient(Tensor dy, Tensor x) {
    return valueGradient(KernelChoice.chosen(), dy, x);
  }

  Tensor valueGradient(Kernels kernels, Tensor dy, Tensor x) {
    ConvShape g = new ConvShape(x.shape(), weights, spec);
    g.checkY("gradient", dy.shape());
    return SparseConvValueGradient.run(kernels.sparse(), this, dy, x, g);
  }

  private void checkValues(Tensor values) {
    if (!values.shape().equals(Shape.of(pattern.kept()))) {
      throw new IllegalArgumentException(
          "sparse conv2d: values " + values.shape() + ": expected [" + pattern.kept() + "]");
    }
  }
}
