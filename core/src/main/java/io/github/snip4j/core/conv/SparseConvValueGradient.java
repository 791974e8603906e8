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
 * gradient with what the weight saw, a few rows of the image at a time, so that what all weights of
 * a channel see stays in L2.
 */
final class SparseConvValueGradient {
  private static final int CHUNK = 1024; // elements of an output channel at a time, or one row

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
    int rowsAtOnce = Math.min(g.outH, Math.max(1, CHUNK / run));
    int[] places = Workspace.ints(rowsAtOnce * blocks);
    for (int r = 0; r < rowsAtOnce && blocks > 0; r++) {
      Blocks.place(run, block, r * xStep, places, r * blocks);
    }
    int parts = SparsePattern.PIECES;
    Parallel.forEach(
        parts,
        part -> {
          int begin = pattern.rowPart(part, parts);
          int end = pattern.rowPart(part + 1, parts);
          if (blocks == 0) {
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
            return;
          }
          for (int row = 0; row < g.outH; row += rowsAtOnce) {
            int count = Math.min(rowsAtOnce, g.outH - row) * blocks;
            for (int o = begin; o < end; o++) {
              kernels.dots(
                  count,
                  rows,
                  rowsAt + (o * g.outH + row) * rowStep,
                  places,
                  offsets,
                  pattern.rowStart(o),
                  pattern.rowStart(o + 1),
                  input.data,
                  input.rowAt(g, o / g.groupO, row),
                  dots.data(),
                  row > 0);
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

  private static float[] cutRows(Tensor dy, int run, int block, int blocks) {
    int count = dy.size() / run;
    float[] cut = Workspace.floats(count * blocks * block);
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
