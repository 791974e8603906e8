package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * {@link SparseFilters#weightGradient}: for each kept weight the product of the output's gradient
 * with what the weight saw, a stretch of the image at a time, so that what a chunk of the weights
 * sees stays in L1 while all output channels use it.
 */
final class SparseConvValueGradient {
  /** Parts of the output channels: each reads all of the input again. */
  private static final int PARTS = 8;

  private SparseConvValueGradient() {}

  static Tensor run(SparseKernels kernels, SparseConvPlan plan, Tensor dy, Tensor x, ConvShape g) {
    Tensor dots = Tensor.uninitialized(Shape.of(plan.count()));
    PaddedInput input = new PaddedInput(x, g);
    IndirectionTable terms = plan.forward(input, g);
    int lanes = kernels.lanes();
    String what = "the weights' gradients in lanes";
    float[] sums = ConvScratch.floatsAndMore(CacheLine.BEGIN, what, terms.count(), lanes);
    float[] sorted = Workspace.floats(terms.count());
    Parallel.forEach(
        terms.chunks * PARTS,
        piece -> {
          int chunk = piece / PARTS;
          int begin = g.o * (piece % PARTS) / PARTS;
          int end = g.o * (piece % PARTS + 1) / PARTS;
          int first = terms.begin(chunk, begin);
          int count = terms.begin(chunk, end) - first;
          int lane = CacheLine.BEGIN + first * lanes;
          Arrays.fill(sums, lane, lane + count * lanes, 0f);
          add(kernels, terms, chunk, begin, end, dy, input.image(g), g, sums);
          kernels.addUp(count, sums, lane, sorted, first);
          terms.unsort(sorted, first, first + count, dots);
        });
    Workspace.giveBack(sorted);
    Workspace.giveBack(sums);
    input.giveBack();
    return dots;
  }

  private static void add(
      SparseKernels kernels,
      IndirectionTable terms,
      int chunk,
      int begin,
      int end,
      Tensor dy,
      ChannelView input,
      ConvShape g,
      float[] sums) {
    int run = g.outW * g.n;
    FilterRows rows = terms.filterRows;
    for (int group = 0; group < rows.groups(); group++) {
      int row = rows.first(group);
      for (int at = 0; at < run; ) {
        int length = SparseConvLoop.length(run, at);
        int x = input.row(0, row) + at;
        for (int o = begin; o < end; o++) {
          int k = terms.begin(chunk, o, row);
          int last = terms.end(chunk, o, row);
          int u = dy.offset() + (o * g.outH + row) * run + at;
          int lane = CacheLine.BEGIN + k * kernels.lanes();
          kernels.addDots(
              rows.size(group),
              length,
              dy.data(),
              u,
              run,
              terms.offsets,
              k,
              last,
              input.data,
              x,
              input.rowStep,
              sums,
              lane);
        }
        at += length;
      }
    }
  }
}
