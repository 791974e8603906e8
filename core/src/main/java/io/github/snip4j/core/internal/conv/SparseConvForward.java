package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/** The forward pass of {@link SparseFilters}: each output from the kept weights that feed it. */
final class SparseConvForward {
  private SparseConvForward() {}

  static Tensor run(
      SparseKernels kernels,
      SparseConvPlan plan,
      Tensor values,
      Tensor x,
      @Nullable Tensor bias,
      ConvShape g) {
    Tensor y = Tensor.uninitialized(g.y());
    PaddedInput input = new PaddedInput(x, g);
    IndirectionTable terms = plan.forward(input, g);
    float[] sorted = terms.sorted(values);
    int run = g.outW * g.n;
    ChannelView to = new ChannelView(y.data(), y.offset(), g.outH * run, run);
    new SparseConvLoop(kernels, terms, input.image(g), bias, to, run).compute(sorted);
    Workspace.giveBack(sorted);
    input.giveBack();
    return y;
  }
}
