package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@link Filters} of which few weights exist: an offset into the padded input and a value for each.
 * Work is proportional to what exists; any stride, dilation, padding and groups.
 *
 * @param pattern of w {@code [O, C/groups, kH, kW]}: its rows are output channels, its columns
 *     (input channel of the group, row, column of the filter)
 * @param values {@code [count]}
 */
record SparseFilters(SparseKernels kernels, SparsePattern pattern, Tensor values, Conv2dSpec spec)
    implements Filters {
  @Override
  public Tensor forward(Tensor x, @Nullable Tensor bias) {
    ConvShape g = new ConvShape(x.shape(), pattern.shape(), spec);
    g.checkBias(bias);
    return SparseConvForward.run(kernels, plan(g), values, x, bias, g);
  }

  @Override
  public Tensor inputGradient(Tensor dy, Shape x) {
    ConvShape g = new ConvShape(x, pattern.shape(), spec);
    g.checkY("gradient", dy.shape());
    return SparseConvInputGradient.run(kernels, plan(g), values, dy, g);
  }

  @Override
  public Tensor weightGradient(Tensor dy, Tensor x) {
    ConvShape g = new ConvShape(x.shape(), pattern.shape(), spec);
    g.checkY("gradient", dy.shape());
    return SparseConvValueGradient.run(kernels, plan(g), dy, x, g);
  }

  private SparseConvPlan plan(ConvShape g) {
    return pattern.layout(new SparseConvPlan.Key(g.x(), spec));
  }
}
