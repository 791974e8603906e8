package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.List;

/**
 * {@link SparseFilters#inputGradient}: each input from the kept weights that see it, one {@link
 * StrideResidue} after the other.
 */
final class SparseConvInputGradient {
  private SparseConvInputGradient() {}

  static Tensor run(
      SparseKernels kernels, SparseConvPlan plan, Tensor values, Tensor dy, ConvShape g) {
    Tensor dx = Tensor.uninitialized(g.x());
    PaddedGradient gradient = new PaddedGradient(dy, g);
    List<StrideResidue> phases = StrideResidue.all(g);
    for (int p = 0; p < phases.size(); p++) {
      StrideResidue phase = phases.get(p);
      if (phase.rows() > 0 && phase.columns > 0) {
        IndirectionTable terms = plan.backward(p, phase, gradient, g);
        float[] sorted = terms.sorted(values);
        phase(kernels, terms, sorted, phase, gradient, g, dx);
        Workspace.giveBack(sorted);
      }
    }
    gradient.giveBack();
    return dx;
  }

  private static void phase(
      SparseKernels kernels,
      IndirectionTable terms,
      float[] values,
      StrideResidue phase,
      PaddedGradient gradient,
      ConvShape g,
      Tensor dx) {
    int rows = phase.rows();
    int run = phase.columns * g.n;
    int row = g.w * g.n;
    ChannelView from = gradient.image(g, phase);
    if (g.spec.strideW() == 1) {
      int at = dx.offset() + phase.inputRow(phase.firstRow()) * row;
      ChannelView to = new ChannelView(dx.data(), at, g.h * row, g.spec.strideH() * row);
      new SparseConvLoop(kernels, terms, from, null, to, run).compute(values);
      return;
    }
    float[] side = ConvScratch.floats("the gradient of a phase", g.c, rows, run);
    ChannelView to = new ChannelView(side, 0, rows * run, run);
    new SparseConvLoop(kernels, terms, from, null, to, run).compute(values);
    Parallel.forRange(
        g.c,
        1 + (1 << 15) / Math.max(1, rows * run),
        (begin, end) -> {
          for (int q = 0; q < rows; q++) {
            int at = dx.offset() + (begin * g.h + phase.inputRow(phase.firstRow() + q)) * row;
            phase.scatter(side, to.row(begin, q), rows * run, end - begin, dx.data(), at);
          }
        });
    Workspace.giveBack(side);
  }
}
