package io.github.snip4j.core.internal.conv;

import static io.github.snip4j.core.internal.conv.PaddedInput.APART;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * The gradient of the output with zeros around it, {@code [O, rows, columns, N]}, so that every tap
 * that an input was seen by is a contiguous run. Where nothing has to be padded, it is the gradient
 * itself.
 *
 * <p>Counted in the padded input, row r was seen by tap i in output row (r - i dilation) / stride,
 * where that is whole: the taps of a row depend on its remainder by the stride.
 */
final class PaddedGradient {
  final float[] data;
  final int at;
  final int rowStep;
  final int channelStep;

  /** Rows and columns of zeros before the first. */
  final int top;

  final int left;

  private final boolean copied;

  PaddedGradient(Tensor dy, ConvShape g) {
    Conv2dSpec spec = g.spec;
    top = before(g.kernelH, spec.dilationH(), spec.strideH(), spec.padTop());
    left = before(g.kernelW, spec.dilationW(), spec.strideW(), spec.padLeft());
    int rows = top + Math.max(g.outH, (spec.padTop() + g.h - 1) / spec.strideH() + 1);
    int columns = left + Math.max(g.outW, (spec.padLeft() + g.w - 1) / spec.strideW() + 1);
    rowStep = columns * g.n;
    copied = rows > g.outH || columns > g.outW;
    channelStep = ConvScratch.size("a padded channel", rows, rowStep) + (copied ? APART : 0);
    if (!copied) {
      data = dy.data();
      at = dy.offset();
      return;
    }
    at = CacheLine.BEGIN;
    data = ConvScratch.floatsAndMore(at, "the padded gradient", g.o, channelStep);
    Parallel.forRange(
        g.o,
        (1 << 15) / channelStep + 1,
        (from, to) -> {
          for (int channel = from; channel < to; channel++) {
            copy(dy, g, channel);
          }
        });
  }

  /** How far the last tap of the first input lies before the first output. */
  private static int before(int kernel, int dilation, int stride, int pad) {
    return Math.max(0, (kernel - 1) * dilation / stride - pad / stride);
  }

  private void copy(Tensor dy, ConvShape g, int channel) {
    int begin = at + channel * channelStep;
    int run = g.outW * g.n;
    int next = begin; // all before it is written
    for (int row = 0; row < g.outH; row++) {
      int to = begin + (top + row) * rowStep + left * g.n;
      Arrays.fill(data, next, to, 0f);
      System.arraycopy(dy.data(), dy.offset() + (channel * g.outH + row) * run, data, to, run);
      next = to + run;
    }
    Arrays.fill(data, next, begin + channelStep, 0f);
  }

  /** Where tap (i, j) of output channel {@code channel} lies, relative to {@link #runAt}. */
  int offset(ConvShape g, int channel, int i, int j) {
    int up = i * g.spec.dilationH() / g.spec.strideH();
    int back = j * g.spec.dilationW() / g.spec.strideW();
    return channel * channelStep + (top - up) * rowStep + (left - back) * g.n;
  }

  /**
   * Where the inputs from row {@code row}, column {@code column} on, counted in the padded input
   * and divided by the strides, begin to read.
   */
  int runAt(ConvShape g, int group, int row, int column) {
    return at + group * g.groupO * channelStep + row * rowStep + column * g.n;
  }

  /** What the terms of a {@link SparseConvPlan} see in a phase. */
  ChannelView image(ConvShape g, StrideResidue phase) {
    int first = runAt(g, 0, phase.firstRow(), phase.firstColumn);
    return new ChannelView(data, first, channelStep, rowStep);
  }

  void giveBack() {
    if (copied) {
      Workspace.giveBack(data);
    }
  }
}
