package io.github.snip4j.core.internal.conv;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;

/**
 * {@link DenseFilters#weightGradient}: for each output position (h, w, n) the product of what the
 * output's gradient is there and of what the filter saw there.
 *
 * <p>Implementation note: the sum runs over positions, so here the channels are laid out last: what
 * a row of a filter sees is then one run of (column, channel), and the sum is again one of shifted
 * runs, with the gradient as the weights and an offset per position.
 */
final class ConvWeightGradient {
  /** Of the output, per piece: they share what is fetched of the input. */
  private static final int CHANNELS = 64;

  private static final int RUN = 256; // elements of a run per piece

  /** At a time: what they see stays in L2 while all runs of a row of the filter pass over it. */
  private static final int POSITIONS = 128;

  private ConvWeightGradient() {}

  static Tensor run(IndirectGemmKernels kernels, Tensor dy, Tensor x, ConvShape g) {
    int rowPositions = g.outW * g.n;
    int positions = g.outH * rowPositions;
    Tensor dw = Tensor.uninitialized(g.weights());
    ChannelsLast input = new ChannelsLast(x, g);
    int[] offsets = Workspace.ints(positions);
    input.offsets(g, offsets);
    int row = input.runs * input.run; // one filter, channels last
    float[] sums = Workspace.floats(g.o * row);
    for (int group = 0; group < g.spec.groups(); group++) {
      int first = group * g.groupO;
      PackedPanels gradient = new PackedPanels(g.groupO, positions);
      Parallel.forRange(
          (g.groupO - 1) / MR + 1,
          1,
          (from, to) -> {
            for (int s = from; s < to; s++) {
              int o = first + s * MR;
              int at = dy.offset() + o * positions;
              gradient.pack(s * MR, 0, positions, dy.data(), at, 1, positions);
            }
          });
      int half = ((g.groupO - 1) / 2 / MR + 1) * MR; // for two threads, if there are few
      int size = Math.min(CHANNELS, half);
      int blocks = (g.groupO - 1) / size + 1;
      int filterRows = input.runs / input.runsPerRow;
      int parts = (input.run - 1) / RUN + 1;
      int inGroup = group;
      Parallel.forEach(
          blocks * filterRows * parts,
          piece -> {
            int begin = piece / parts / filterRows * size;
            int end = Math.min(g.groupO, begin + size);
            int run = piece / parts % filterRows * input.runsPerRow;
            int at = piece % parts * RUN;
            int width = Math.min(RUN, input.run - at);
            int from = input.firstRow(g, run) * rowPositions;
            int to = input.endRow(g, run) * rowPositions;
            int step = input.runsPerRow == 1 ? Math.max(1, to - from) : POSITIONS;
            int p = from;
            do {
              for (int i = run; i < run + input.runsPerRow; i++) {
                gradient.multiply(
                    kernels,
                    begin,
                    end,
                    p,
                    Math.min(to, p + step),
                    width,
                    offsets,
                    input.data,
                    input.runAt(g, inGroup, i) + at,
                    sums,
                    (first + begin) * row + i * input.run + at,
                    row,
                    p > from);
              }
              p += step;
            } while (p < to);
          });
      gradient.giveBack();
    }
    input.channelsFirst(g, sums, dw);
    Workspace.giveBack(sums);
    Workspace.giveBack(offsets);
    input.giveBack();
    return dw;
  }
}
