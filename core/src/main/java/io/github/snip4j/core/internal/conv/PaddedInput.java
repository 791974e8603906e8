package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * The input with its zeros around it, so that every tap of the filter sees a contiguous run: {@code
 * [C, H, strideW, W/strideW, N]}.
 *
 * <p>At a stride of s, neighbouring outputs see every s-th column; columns are therefore sorted by
 * their remainder. Where nothing has to be padded or sorted, it is the input itself.
 */
final class PaddedInput {
  /** Between channels: at powers of two apart they would evict each other from L1. */
  static final int APART = CacheLine.LENGTH;

  final float[] data;
  final int at;

  /** From one row, and from one channel, to the next. */
  final int rowStep;

  final int channelStep;

  private final boolean copied;

  PaddedInput(Tensor x, ConvShape g) {
    int stride = g.spec.strideW();
    int width = (g.seenW() - 1) / stride + 1;
    boolean asItIs = stride == 1 && g.seenW() == g.w && g.seenH() <= g.h && g.spec.padTop() == 0;
    copied = !asItIs;
    rowStep = stride * width * g.n;
    if (asItIs) {
      data = x.data();
      at = x.offset();
      channelStep = g.h * rowStep;
    } else {
      channelStep = ConvScratch.size("a padded channel", g.seenH(), rowStep) + APART;
      at = CacheLine.BEGIN;
      data = ConvScratch.floatsAndMore(at, "the padded input", g.c, channelStep);
      Parallel.forRange(
          g.c,
          (1 << 15) / channelStep + 1,
          (from, to) -> {
            for (int channel = from; channel < to; channel++) {
              copy(x, g, channel, width);
            }
          });
    }
  }

  private void copy(Tensor x, ConvShape g, int channel, int width) {
    Conv2dSpec spec = g.spec;
    int stride = spec.strideW();
    int begin = at + channel * channelStep;
    for (int row = 0; row < g.seenH(); row++) {
      int to = begin + row * rowStep;
      int fromRow = row - spec.padTop();
      if (fromRow < 0 || fromRow >= g.h) {
        Arrays.fill(data, to, to + rowStep, 0f);
        continue;
      }
      int from = x.offset() + (channel * g.h + fromRow) * g.w * g.n;
      if (stride == 1) {
        int left = Math.min(spec.padLeft(), width);
        int middle = Math.max(0, Math.min(g.w, width - left));
        Arrays.fill(data, to, to + left * g.n, 0f);
        System.arraycopy(x.data(), from, data, to + left * g.n, middle * g.n);
        Arrays.fill(data, to + (left + middle) * g.n, to + rowStep, 0f);
      } else {
        for (int phase = 0; phase < stride; phase++) {
          for (int q = 0; q < width; q++) {
            int column = q * stride + phase - spec.padLeft();
            int place = to + (phase * width + q) * g.n;
            if (column < 0 || column >= g.w) {
              Arrays.fill(data, place, place + g.n, 0f);
            } else {
              System.arraycopy(x.data(), from + column * g.n, data, place, g.n);
            }
          }
        }
      }
    }
  }

  /** Where output row {@code row} of group {@code group} begins to read. */
  int rowAt(ConvShape g, int group, int row) {
    return at + group * g.groupC * channelStep + row * g.spec.strideH() * rowStep;
  }

  /**
   * Where each term of an output lies, relative to {@link #rowAt}.
   *
   * @param offsets gets {@code g.terms} of them, in the order of the weights
   */
  void offsets(ConvShape g, int[] offsets) {
    int stride = g.spec.strideW();
    int width = rowStep / stride;
    int p = 0;
    for (int channel = 0; channel < g.groupC; channel++) {
      for (int i = 0; i < g.kernelH; i++) {
        for (int j = 0; j < g.kernelW; j++) {
          int column = j * g.spec.dilationW();
          offsets[p++] =
              channel * channelStep
                  + i * g.spec.dilationH() * rowStep
                  + column % stride * width
                  + column / stride * g.n;
        }
      }
    }
  }

  /** What the terms of a {@link SparseConvPlan} see. */
  ChannelView image(ConvShape g) {
    return new ChannelView(data, at, channelStep, g.spec.strideH() * rowStep);
  }

  void giveBack() {
    if (copied) {
      Workspace.giveBack(data);
    }
  }
}
