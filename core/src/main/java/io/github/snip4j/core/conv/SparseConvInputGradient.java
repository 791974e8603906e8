package io.github.snip4j.core.conv;

import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.List;

/**
 * {@link SparseConvolution#inputGradient}: each input from the kept weights that see it, one {@link
 * Phase} after the other.
 */
final class SparseConvInputGradient {
  private SparseConvInputGradient() {}

  static Tensor run(
      SparseKernels kernels, SparseConvolution conv, Tensor values, Tensor dy, Geometry g) {
    Tensor dx = Tensor.uninitialized(g.x());
    PaddedGradient gradient = new PaddedGradient(dy, g);
    List<Phase> phases = Phase.all(g);
    for (int p = 0; p < phases.size(); p++) {
      Phase phase = phases.get(p);
      if (phase.rows() > 0 && phase.columns > 0) {
        SparseTerms terms = conv.layout(g).backward(p, phase, gradient, g);
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
      SparseTerms terms,
      float[] values,
      Phase phase,
      PaddedGradient gradient,
      Geometry g,
      Tensor dx) {
    int rows = phase.rows();
    int run = phase.columns * g.n;
    int row = g.w * g.n;
    SparseRuns runs = new SparseRuns(rows, run);
    Image from = gradient.image(g, phase);
    if (g.spec.strideW() == 1) {
      int at = dx.offset() + phase.inputRow(phase.firstRow()) * row;
      runs.compute(
          kernels,
          terms,
          values,
          from,
          null,
          new Image(dx.data(), at, g.h * row, g.spec.strideH() * row));
      return;
    }
    float[] side = Room.floats("the gradient of a phase", g.c, rows, run);
    Image to = new Image(side, 0, rows * run, run);
    runs.compute(kernels, terms, values, from, null, to);
    Parallel.forRange(
        g.c,
        1 + (1 << 15) / (rows * run),
        (begin, end) -> {
          for (int q = 0; q < rows; q++) {
            int at = dx.offset() + (begin * g.h + phase.inputRow(phase.firstRow() + q)) * row;
            phase.scatter(side, to.row(begin, q), rows * run, end - begin, dx.data(), at);
          }
        });
    Workspace.giveBack(side);
  }
}
