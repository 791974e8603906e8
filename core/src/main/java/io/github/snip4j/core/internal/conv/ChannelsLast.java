package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * The padded input with its channels last, {@code [groups, H, N, W, C/groups]}: what a row of a
 * filter sees at one position is a run of (column, channel). With dilation, where columns are
 * apart, what one tap sees is a run of channels. Examples are a little further apart than their
 * elements: at powers of two apart they would evict each other from L1.
 *
 * <p>Where such runs would be shorter than a vector, each position has what its whole filter sees:
 * {@code [groups, H_out, W_out, N, kH kW C/groups]}, filled up with zeros.
 */
final class ChannelsLast {
  private static final int SHORT = 16;
  private static final String WHAT = "the input with its channels last";

  final float[] data;

  /** How many runs a filter consists of, and the elements of each. */
  final int runs;

  final int run;

  private final boolean unfolded;
  private final int runsPerRow;
  private final int width;
  private final int exampleStep;
  private final int[] runOffsets;
  private final int groupStep;

  ChannelsLast(Tensor x, ConvShape g) {
    boolean rows = g.spec.dilationW() == 1;
    int natural = rows ? g.kernelW * g.groupC : g.groupC;
    unfolded = natural < SHORT;
    if (unfolded) {
      runs = 1;
      runsPerRow = 1;
      run = Math.max(SHORT, g.terms);
      width = 0;
      exampleStep = 0;
      runOffsets = new int[1];
      groupStep = ConvScratch.size(WHAT, g.outH, g.outW, g.n, run);
      data = ConvScratch.floats(WHAT, g.spec.groups(), groupStep);
      unfold(x, g);
    } else {
      runsPerRow = rows ? 1 : g.kernelW;
      runs = g.kernelH * runsPerRow;
      run = natural;
      width = g.seenW();
      exampleStep = width * g.groupC + PaddedInput.APART;
      runOffsets = new int[runs];
      for (int i = 0; i < runs; i++) {
        runOffsets[i] =
            i / runsPerRow * g.spec.dilationH() * g.n * exampleStep
                + i % runsPerRow * g.spec.dilationW() * g.groupC;
      }
      groupStep = ConvScratch.size(WHAT, g.seenH(), g.n, exampleStep);
      data = ConvScratch.floats(WHAT, g.spec.groups(), groupStep);
      transpose(x, g);
    }
  }

  private void transpose(Tensor x, ConvShape g) {
    int rowStep = g.n * exampleStep;
    Parallel.forEach(
        g.spec.groups() * g.seenH(),
        piece -> {
          int group = piece / g.seenH();
          int row = piece % g.seenH();
          int to = group * groupStep + row * rowStep;
          int fromRow = row - g.spec.padTop();
          if (fromRow < 0 || fromRow >= g.h) {
            Arrays.fill(data, to, to + rowStep, 0f);
            return;
          }
          for (int column = 0; column < width; column++) {
            int fromColumn = column - g.spec.padLeft();
            int place = to + column * g.groupC;
            if (fromColumn < 0 || fromColumn >= g.w) {
              for (int n = 0; n < g.n; n++) {
                int at = place + n * exampleStep;
                Arrays.fill(data, at, at + g.groupC, 0f);
              }
            } else {
              int from = ((group * g.groupC * g.h + fromRow) * g.w + fromColumn) * g.n;
              int step = g.h * g.w * g.n; // from one channel to the next
              PanelPacking.transpose(
                  x.data(), x.offset() + from, 1, step, g.n, g.groupC, data, place, exampleStep);
            }
          }
        });
  }

  private void unfold(Tensor x, ConvShape g) {
    Conv2dSpec spec = g.spec;
    float[] source = x.data();
    Parallel.forEach(
        spec.groups() * g.outH,
        piece -> {
          int group = piece / g.outH;
          int row = piece % g.outH;
          int to = group * groupStep + row * g.outW * g.n * run;
          Arrays.fill(data, to, to + g.outW * g.n * run, 0f);
          for (int i = 0; i < g.kernelH; i++) {
            int h = row * spec.strideH() + i * spec.dilationH() - spec.padTop();
            if (h < 0 || h >= g.h) {
              continue;
            }
            for (int out = 0; out < g.outW; out++) {
              for (int j = 0; j < g.kernelW; j++) {
                int w = out * spec.strideW() + j * spec.dilationW() - spec.padLeft();
                if (w < 0 || w >= g.w) {
                  continue;
                }
                for (int c = 0; c < g.groupC; c++) {
                  int from = x.offset() + (((group * g.groupC + c) * g.h + h) * g.w + w) * g.n;
                  int place = to + out * g.n * run + (i * g.kernelW + j) * g.groupC + c;
                  for (int n = 0; n < g.n; n++) {
                    data[place + n * run] = source[from + n];
                  }
                }
              }
            }
          }
        });
  }

  /** Where each output position (h, w, n) lies, relative to {@link #runAt}. */
  void offsets(ConvShape g, int[] offsets) {
    int position = 0;
    for (int h = 0; h < g.outH; h++) {
      for (int w = 0; w < g.outW; w++) {
        for (int n = 0; n < g.n; n++) {
          offsets[position] =
              unfolded
                  ? position * run
                  : (h * g.spec.strideH() * g.n + n) * exampleStep
                      + w * g.spec.strideW() * g.groupC;
          position++;
        }
      }
    }
  }

  /** The first row of the output for which run i lies within the image. */
  int firstRow(ConvShape g, int i) {
    int above = unfolded ? 0 : g.spec.padTop() - i / runsPerRow * g.spec.dilationH();
    return Math.max(0, Math.min(g.outH, Math.floorDiv(above - 1, g.spec.strideH()) + 1));
  }

  /** The row after the last such one; {@link #firstRow} or less if there is none. */
  int endRow(ConvShape g, int i) {
    int above = g.spec.padTop() - i / runsPerRow * g.spec.dilationH();
    return unfolded
        ? g.outH
        : Math.min(g.outH, Math.floorDiv(g.h - 1 + above, g.spec.strideH()) + 1);
  }

  int runAt(int group, int i) {
    return group * groupStep + runOffsets[i];
  }

  /** Filters as runs, {@code [O, kH, kW, C/groups]}, to weights {@code [O, C/groups, kH, kW]}. */
  void channelsFirst(ConvShape g, float[] from, Tensor to) {
    int filter = g.kernelH * g.kernelW;
    Parallel.forRange(
        g.o,
        (1 << 15) / g.terms + 1,
        (first, last) -> {
          for (int o = first; o < last; o++) {
            for (int c = 0; c < g.groupC; c++) {
              for (int tap = 0; tap < filter; tap++) {
                to.put(o * g.terms + c * filter + tap, from[o * runs * run + tap * g.groupC + c]);
              }
            }
          }
        });
  }

  void giveBack() {
    Workspace.giveBack(data);
  }
}
