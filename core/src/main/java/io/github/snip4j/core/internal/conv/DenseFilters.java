package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@link Filters} all of whose elements exist.
 *
 * @param w {@code [O, C/groups, kH, kW]}
 */
record DenseFilters(IndirectGemmKernels kernels, Tensor w, Conv2dSpec spec) implements Filters {
  @Override
  public Tensor forward(Tensor x, @Nullable Tensor bias) {
    ConvShape g = new ConvShape(x.shape(), w.shape(), spec);
    g.checkBias(bias);
    return ConvForward.run(kernels, x, w, bias, g);
  }

  @Override
  public Tensor answer(Tensor x, @Nullable Tensor bias) {
    ConvShape g = new ConvShape(x.shape(), w.shape(), spec);
    g.checkBias(bias);
    return UnfoldedConv.suits(g)
        ? UnfoldedConv.run(GemmChoice.chosen(), x, w, bias, g)
        : ConvForward.run(kernels, x, w, bias, g);
  }

  @Override
  public Tensor inputGradient(Tensor dy, Shape x) {
    ConvShape g = new ConvShape(x, w.shape(), spec);
    g.checkY("gradient", dy.shape());
    return ConvInputGradient.run(kernels, dy, w, g);
  }

  @Override
  public Tensor weightGradient(Tensor dy, Tensor x) {
    ConvShape g = new ConvShape(x.shape(), w.shape(), spec);
    g.checkY("gradient", dy.shape());
    return ConvWeightGradient.run(kernels, dy, x, g);
  }
}
