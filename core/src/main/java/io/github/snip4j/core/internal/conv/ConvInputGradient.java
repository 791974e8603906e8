package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.List;

/**
 * {@link DenseFilters#inputGradient}: rows of the input's gradient as sums of shifted runs of the
 * output's, one {@link StrideResidue} after the other.
 */
final class ConvInputGradient {
  /** Input channels that use a piece of the gradient before the next is begun. */
  private static final int CHANNELS = 64;

  /** Panels packed together, as their weights lie side by side. */
  private static final int STRIPS = 8;

  private ConvInputGradient() {}

  static Tensor run(IndirectGemmKernels kernels, Tensor dy, Tensor w, ConvShape g) {
    List<StrideResidue> phases = StrideResidue.all(g);
    boolean allSeen = phases.stream().allMatch(phase -> phase.taps() > 0);
    Tensor dx = allSeen ? Tensor.uninitialized(g.x()) : Tensor.zeros(g.x());
    PaddedGradient gradient = new PaddedGradient(dy, g);
    for (StrideResidue phase : phases) {
      if (phase.taps() > 0 && phase.columns > 0) {
        for (int group = 0; group < g.spec.groups(); group++) {
          phase(kernels, gradient, w, g, phase, group, dx);
        }
      }
    }
    gradient.giveBack();
    return dx;
  }

  private static void phase(
      IndirectGemmKernels kernels,
      PaddedGradient gradient,
      Tensor w,
      ConvShape g,
      StrideResidue phase,
      int group,
      Tensor dx) {
    int[] offsets = Workspace.ints(g.groupO * phase.taps());
    offsets(gradient, g, phase, offsets);
    PackedPanels weights = pack(w, g, phase, group);
    FilterRows filterRows = FilterRows.backward(g, phase);
    int perRow = g.groupO * phase.tapColumns.length;
    int blocks = (g.groupC - 1) / CHANNELS + 1;
    int run = phase.columns * g.n;
    boolean inPlace = g.spec.strideW() == 1;
    Parallel.forRange(
        phase.rows() * blocks,
        1,
        (from, to) -> {
          for (int piece = from; piece < to; piece++) {
            int row = piece / blocks;
            int begin = piece % blocks * CHANNELS;
            int end = Math.min(g.groupC, begin + CHANNELS);
            int xAt = gradient.runAt(g, group, phase.firstRow() + row, phase.firstColumn);
            int channel = group * g.groupC + begin;
            int rowAt =
                dx.offset() + (channel * g.h + phase.inputRow(phase.firstRow() + row)) * g.w * g.n;
            int step = g.h * g.w * g.n;
            float[] target = inPlace ? dx.data() : new float[(end - begin) * run];
            weights.multiply(
                kernels,
                begin,
                end,
                filterRows.begin(row) * perRow,
                filterRows.end(row) * perRow,
                run,
                offsets,
                gradient.data,
                xAt,
                target,
                inPlace ? rowAt : 0,
                inPlace ? step : run,
                false);
            if (!inPlace) {
              phase.scatter(target, 0, run, end - begin, dx.data(), rowAt);
            }
          }
        });
    weights.giveBack();
    Workspace.giveBack(offsets);
  }

  /** Of the terms (row of the filter, output channel, column of the filter). */
  private static void offsets(
      PaddedGradient gradient, ConvShape g, StrideResidue phase, int[] offsets) {
    int p = 0;
    for (int i : phase.tapRows) {
      for (int o = 0; o < g.groupO; o++) {
        for (int j : phase.tapColumns) {
          offsets[p++] = gradient.offset(g, o, i, j);
        }
      }
    }
  }

  /** Rows are input channels; terms as in {@link #offsets}. */
  private static PackedPanels pack(Tensor w, ConvShape g, StrideResidue phase, int group) {
    PackedPanels strips = new PackedPanels(g.groupC, g.groupO * phase.taps());
    int filter = g.kernelH * g.kernelW;
    int columns = phase.tapColumns.length;
    int at = w.offset() + group * g.groupO * g.terms;
    Parallel.forRange(
        (g.groupC - 1) / IndirectGemmKernels.MR + 1,
        STRIPS,
        (from, to) -> {
          for (int o = 0; o < g.groupO; o++) {
            for (int strip = from; strip < to; strip++) {
              int c = strip * IndirectGemmKernels.MR;
              for (int i = 0; i < phase.tapRows.length; i++) {
                int place = at + o * g.terms + c * filter + phase.tapRows[i] * g.kernelW;
                int first = (i * g.groupO + o) * columns;
                int tap = place + phase.tapColumns[0];
                strips.pack(c, first, columns, w.data(), tap, phase.tapStep(), filter);
              }
            }
          }
        });
    return strips;
  }
}
