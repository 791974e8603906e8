package io.github.snip4j.core.conv;

import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/** {@link SparseConvolution#forward}. */
final class SparseConvForward {
  private SparseConvForward() {}

  static Tensor run(
      SparseKernels kernels,
      SparseConvolution conv,
      Tensor values,
      Tensor x,
      @Nullable Tensor bias,
      Geometry g) {
    Tensor y = Tensor.uninitialized(g.y());
    PaddedInput input = new PaddedInput(x, g);
    SparseTerms terms = conv.layout(g).forward(input, g);
    float[] sorted = terms.sorted(values);
    int run = g.outW * g.n;
    new SparseRuns(g.outH, run)
        .compute(
            kernels,
            terms,
            sorted,
            input.image(g),
            bias,
            new Image(y.data(), y.offset(), g.outH * run, run));
    Workspace.giveBack(sorted);
    input.giveBack();
    return y;
  }
}
