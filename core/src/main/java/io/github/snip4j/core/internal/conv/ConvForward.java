package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link DenseFilters#forward}: rows of the output as sums of shifted runs of the input. */
final class ConvForward {
  /** Output channels that use a piece of the input before the next is begun. */
  private static final int CHANNELS = 64;

  private ConvForward() {}

  static Tensor run(
      IndirectGemmKernels kernels, Tensor x, Tensor w, @Nullable Tensor bias, ConvShape g) {
    Tensor y = Tensor.uninitialized(g.y());
    PaddedInput input = new PaddedInput(x, g);
    int[] offsets = Workspace.ints(g.terms);
    offsets(input, g, offsets);
    FilterRows filterRows = FilterRows.forward(g);
    int perRow = g.groupC * g.kernelW;
    int run = g.outW * g.n;
    int yStep = g.outH * run;
    int blocks = (g.groupO - 1) / CHANNELS + 1;
    for (int group = 0; group < g.spec.groups(); group++) {
      int first = group * g.groupO;
      PackedPanels weights = new PackedPanels(g.groupO, g.terms);
      weights.packFilters(w.data(), w.offset() + first * g.terms, g);
      int inGroup = group;
      Parallel.forRange(
          g.outH * blocks,
          1,
          (from, to) -> {
            for (int piece = from; piece < to; piece++) {
              int row = piece / blocks;
              int begin = piece % blocks * CHANNELS;
              int end = Math.min(g.groupO, begin + CHANNELS);
              int yAt = y.offset() + (first + begin) * yStep + row * run;
              if (bias != null) {
                for (int o = begin; o < end; o++) {
                  int at = yAt + (o - begin) * yStep;
                  Arrays.fill(y.data(), at, at + run, bias.at(first + o));
                }
              }
              int xAt = input.rowAt(g, inGroup, row);
              weights.multiply(
                  kernels,
                  begin,
                  end,
                  filterRows.begin(row) * perRow,
                  filterRows.end(row) * perRow,
                  run,
                  offsets,
                  input.data,
                  xAt,
                  y.data(),
                  yAt,
                  yStep,
                  bias != null);
            }
          });
      weights.giveBack();
    }
    Workspace.giveBack(offsets);
    input.giveBack();
    return y;
  }

  /** Of the terms (row, channel, column of the filter), as their filters are packed. */
  private static void offsets(PaddedInput input, ConvShape g, int[] offsets) {
    int[] byChannel = Workspace.ints(g.terms);
    input.offsets(g, byChannel);
    int p = 0;
    for (int i = 0; i < g.kernelH; i++) {
      for (int c = 0; c < g.groupC; c++) {
        for (int j = 0; j < g.kernelW; j++) {
          offsets[p++] = byChannel[(c * g.kernelH + i) * g.kernelW + j];
        }
      }
    }
    Workspace.giveBack(byChannel);
  }
}
