package io.github.snip4j.core.conv;

import io.github.snip4j.core.backend.Blocks;
import io.github.snip4j.core.backend.SparseKernels;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/**
 * {@link SparseConvolution#valueGradient}: for each kept weight the product of the output's
 * gradient with what the weight saw, a span of the image at a time, so that what the weights see
 * stays in L2 while all output channels use it.
 */
final class SparseConvValueGradient {
  private static final int SPAN = 1024; // elements of an output channel at a time

  private SparseConvValueGradient() {}

  static Tensor run(
      SparseKernels kernels, SparseConvolution conv, Tensor dy, Tensor x, Geometry g) {
    SparsePattern pattern = conv.pattern;
    Tensor dots = Tensor.uninitialized(Shape.of(pattern.kept()));
    PaddedInput input = new PaddedInput(x, g);
    int[] offsets = SparseConvForward.offsets(input, pattern, g);
    int xStep = g.spec.strideH() * input.rowStep;
    int run = g.outW * g.n;
    int block = kernels.block();
    int blocks = run < block ? 0 : Blocks.count(run, block); // of one row
    boolean cut = blocks > 0 && run % block != 0;
    float[] rows = cut ? cutRows(dy, run, block, blocks) : dy.data();
    int rowStep = cut ? blocks * block : run;
    int rowsAt = cut ? 0 : dy.offset();
    int all = g.outH * blocks;
    int[] places = Workspace.ints(all);
    for (int r = 0; r < g.outH && blocks > 0; r++) {
      Blocks.place(run, block, r * xStep, places, r * blocks);
    }
    int span = SPAN / block;
    int parts = SparsePattern.PIECES;
    Parallel.forEach(
        parts,
        part -> {
          int begin = pattern.rowPart(part, parts);
          int end = pattern.rowPart(part + 1, parts);
          if (blocks == 0) {
            shortRuns(begin, end, pattern, g, run, rows, rowsAt, xStep, offsets, input, dots);
            return;
          }
          for (int first = 0; first < all; first += span) {
            int last = Math.min(all, first + span);
            for (int o = begin; o < end; o++) {
              int from = pattern.rowStart(o);
              int to = pattern.rowStart(o + 1);
              int u = rowsAt + o * g.outH * rowStep;
              int xAt = input.rowAt(g, o / g.groupO, 0);
              kernels.dots(
                  first,
                  last,
                  rows,
                  u,
                  places,
                  offsets,
                  from,
                  to,
                  input.data,
                  xAt,
                  dots.data(),
                  first > 0);
            }
          }
        });
    Workspace.giveBack(places);
    if (cut) {
      Workspace.giveBack(rows);
    }
    Workspace.giveBack(offsets);
    input.giveBack();
    return dots;
  }

  private static void shortRuns(
      int begin,
      int end,
      SparsePattern pattern,
      Geometry g,
      int run,
      float[] rows,
      int rowsAt,
      int xStep,
      int[] offsets,
      PaddedInput input,
      Tensor dots) {
    for (int o = begin; o < end; o++) {
      Blocks.dotsOfShortRuns(
          g.outH,
          run,
          rows,
          rowsAt + o * g.outH * run,
          xStep,
          offsets,
          pattern.rowStart(o),
          pattern.rowStart(o + 1),
          input.data,
          input.rowAt(g, o / g.groupO, 0),
          dots.data());
    }
  }

  private static float[] cutRows(Tensor dy, int run, int block, int blocks) {
    int count = dy.size() / run;
    float[] cut = Room.floats("the gradient in blocks", count, blocks, block);
    Parallel.forRange(
        count,
        (1 << 15) / run + 1,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            Blocks.cut(dy.data(), dy.offset() + r * run, run, block, cut, r * blocks * block);
          }
        });
    return cut;
  }
}
