package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.sparse.PaddedPattern;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A weight as the filters of a convolution, and the gradients:
 *
 * <p>y[o, h, w, n] = b[o] + Σ<sub>c, i, j</sub> w[o, c, i, j] x[c, h stride + i dilation - pad, w
 * stride + j dilation - pad, n], c over the channels of o's group.
 *
 * <p>Shapes: x {@code [C, H, W, N]}, w {@code [O, C/groups, kH, kW]}, b {@code [O]}, y {@code [O,
 * H_out, W_out, N]}. Sums run in an order that the shapes and the structure alone decide. The same
 * in plain loops: {@link io.github.snip4j.core.internal.naive.NaiveConvolution}.
 */
public interface Filters {
  /**
   * The filters of a weight: sparse where its structure is a {@link SparsePattern}.
   *
   * @param structure whole or a pattern, of w's shape
   * @param values of the structure; not modified, and kept
   * @throws IllegalArgumentException if they do not fit together
   */
  static Filters of(Structure structure, Tensor values, Conv2dSpec spec) {
    structure.checkValues("conv2d", values);
    if (structure instanceof PaddedPattern padded) {
      SparsePattern pattern = padded.pattern();
      return new PaddedFilters(
          of(pattern, pattern.gather(values), spec),
          of(Structure.whole(structure.shape()), values, spec));
    }
    return structure instanceof SparsePattern pattern
        ? new SparseFilters(KernelChoice.chosen().sparse(), pattern, values, spec)
        : new DenseFilters(KernelChoice.chosen().taps(), values, spec);
  }

  /**
   * The convolution.
   *
   * @param bias {@code [O]}, or null for none
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  Tensor forward(Tensor x, @Nullable Tensor bias);

  /**
   * The convolution where no gradient is asked for. That is {@link #forward}, up to rounding: few
   * examples may be computed in another way.
   */
  default Tensor answer(Tensor x, @Nullable Tensor bias) {
    return forward(x, bias);
  }

  /**
   * The gradient with respect to the input.
   *
   * @param dy the gradient with respect to the output, of its shape
   * @param x the input's shape
   * @return of the input's shape
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  Tensor inputGradient(Tensor dy, Shape x);

  /**
   * The gradient with respect to the values.
   *
   * @param dy the gradient with respect to the output, of its shape
   * @return of the shape of the values
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  Tensor weightGradient(Tensor dy, Tensor x);
}
