package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * The padded input with its channels last: what a filter sees at one position is a few runs.
 *
 * <p>Many channels lie {@code [groups, H, W, N, C/groups]}. What one tap sees is a run of channels,
 * and positions that are summed one after another lie side by side. Few lie {@code [groups, H, N,
 * W, C/groups]}: there what a row of a filter sees is a run of (column, channel). Examples are a
 * little further apart than their elements: at powers of two apart they would evict each other from
 * L1.
 *
 * <p>Where such runs would be shorter than a vector, each position has what its whole filter sees:
 * {@code [groups, H_out, W_out, N, kH kW C/groups]}, filled up with zeros.
 */
final class ChannelsLast {
  private static final int SHORT = 16;

  /** What kernels compute at once: runs of other lengths end with a part of it. */
  private static final int TILE = 32;

  /** Channels of which that part is few. */
  private static final int MANY = 4 * TILE;

  private static final String WHAT = "the input with its channels last";

  final float[] data;

  /** How many runs a filter consists of, and the elements of each. */
  final int runs;

  final int run;

  /** How many of them a row of a filter consists of. */
  final int runsPerRow;

  private final boolean unfolded;
  private final int width;
  private final int exampleStep;
  private final int columnStep;
  private final int rowStep;
  private final int groupStep;

  ChannelsLast(Tensor x, ConvShape g) {
    boolean tiles = g.groupC % TILE == 0 || g.groupC > MANY;
    boolean rows = g.spec.dilationW() == 1 && !tiles;
    int natural = rows ? g.kernelW * g.groupC : g.groupC;
    unfolded = natural < SHORT;
    if (unfolded) {
      runs = 1;
      runsPerRow = 1;
      run = Math.max(SHORT, g.terms);
      width = g.outW;
      exampleStep = run;
      columnStep = ConvScratch.size(WHAT, g.n, exampleStep);
      rowStep = ConvScratch.size(WHAT, width, columnStep);
      groupStep = ConvScratch.size(WHAT, g.outH, rowStep);
    } else {
      runsPerRow = rows ? 1 : g.kernelW;
      runs = g.kernelH * runsPerRow;
      run = natural;
      width = g.seenW();
      exampleStep = (rows ? width * g.groupC : g.groupC) + PaddedInput.APART;
      columnStep = rows ? g.groupC : ConvScratch.size(WHAT, g.n, exampleStep);
      rowStep = ConvScratch.size(WHAT, rows ? g.n : width, rows ? exampleStep : columnStep);
      groupStep = ConvScratch.size(WHAT, g.seenH(), rowStep);
    }
    data = ConvScratch.floats(WHAT, g.spec.groups(), groupStep);
    if (unfolded) {
      unfold(x, g);
    } else {
      transpose(x, g);
    }
  }

  private void transpose(Tensor x, ConvShape g) {
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
          int begin = Math.min(g.spec.padLeft(), width);
          int end = Math.min(begin + g.w, width);
          for (int column = 0; column < width; column++) {
            if (column < begin || column >= end) {
              for (int n = 0; n < g.n; n++) {
                int at = to + column * columnStep + n * exampleStep;
                Arrays.fill(data, at, at + g.groupC, 0f);
              }
            }
          }
          int from = x.offset() + (group * g.groupC * g.h + fromRow) * g.w * g.n;
          boolean even = columnStep == g.n * exampleStep; // pixels of a row are evenly apart
          int columns = even ? end - begin : 1;
          for (int column = begin; column < end; column += columns) {
            PanelPacking.transpose(
                x.data(),
                from + (column - begin) * g.n,
                1,
                g.h * g.w * g.n,
                columns * g.n,
                g.groupC,
                data,
                to + column * columnStep,
                exampleStep);
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
    int strideH = unfolded ? 1 : g.spec.strideH();
    int strideW = unfolded ? 1 : g.spec.strideW();
    int position = 0;
    for (int h = 0; h < g.outH; h++) {
      for (int w = 0; w < g.outW; w++) {
        for (int n = 0; n < g.n; n++) {
          offsets[position] = h * strideH * rowStep + w * strideW * columnStep + n * exampleStep;
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

  /** Where a run of the filter begins at the first position. */
  int runAt(ConvShape g, int group, int i) {
    int row = i / runsPerRow * g.spec.dilationH();
    int column = i % runsPerRow * g.spec.dilationW();
    return group * groupStep + row * rowStep + column * columnStep;
  }

  /** Filters as runs, {@code [O, kH, kW, C/groups]}, to weights {@code [O, C/groups, kH, kW]}. */
  void channelsFirst(ConvShape g, float[] from, Tensor to) {
    int filter = g.kernelH * g.kernelW;
    Parallel.forRange(
        g.o,
        (1 << 15) / g.terms + 1,
        (first, last) -> {
          float[] weights = to.data();
          for (int o = first; o < last; o++) {
            int place = to.offset() + o * g.terms;
            int at = o * runs * run;
            for (int tap = 0; tap < filter; tap++) {
              for (int c = 0; c < g.groupC; c++) {
                weights[place + c * filter + tap] = from[at++];
              }
            }
          }
        });
  }

  void giveBack() {
    Workspace.giveBack(data);
  }
}
