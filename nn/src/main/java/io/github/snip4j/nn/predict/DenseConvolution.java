package io.github.snip4j.nn.predict;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import java.util.Arrays;

/**
 * A convolution with most of its weights there: eight filters at a time along the pixels of a
 * channel, all rows of the picture in one run.
 */
final class DenseConvolution implements Step {
  /** Filters that use a stretch of the picture before the next is begun. */
  private static final int ROWS = 64;

  /** Taps at a time, and pixels: what they meet stays in L1. */
  private static final int DEPTH = 256;

  private static final int STRETCH = 256;

  private final IndirectGemmKernels kernels;
  private final PaddedPhases layout;
  private final FilterBank filters;
  private final float[] panels; // [groups, filters of a group / 8, taps, 8]

  DenseConvolution(
      IndirectGemmKernels kernels, PaddedPhases layout, FilterBank filters, float[] w) {
    this.kernels = kernels;
    this.layout = layout;
    this.filters = filters;
    this.panels = filters.packed(w, MR, filters.terms, 0);
  }

  /** See {@link FilterBank}. */
  static double cost(FilterBank filters, PaddedPhases layout) {
    return filters.weights(MR) * (FilterBank.READING + layout.run());
  }

  @Override
  public int[] scratch() {
    return new int[] {layout.size(), ROWS * layout.run()};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    layout.layOut(x, scratch[0]);
    for (int group = 0; group < filters.groups; group++) {
      for (int row = 0; row < filters.each; row += ROWS) {
        rows(group, row, Math.min(ROWS, filters.each - row), scratch[0], y, scratch[1]);
      }
    }
  }

  private void rows(int group, int row, int rows, float[] in, float[] y, float[] sums) {
    int terms = filters.terms;
    int run = layout.run();
    int first = group * filters.each + row;
    for (int r = 0; r < rows; r++) {
      Arrays.fill(sums, r * run, (r + 1) * run, filters.bias[first + r]);
    }
    int panel = (filters.panels(MR) * group + row / MR) * terms * MR;
    int inAt = filters.firstChannel(group) * layout.channel;
    for (int i = 0; i < run; i += STRETCH) {
      int width = Math.min(STRETCH, run - i);
      for (int p = 0; p < terms; p += DEPTH) {
        int to = Math.min(terms, p + DEPTH);
        int at = panel + p * MR;
        kernels.taps(
            rows,
            width,
            panels,
            at,
            terms * MR,
            filters.offsets,
            p,
            to,
            in,
            inAt + i,
            sums,
            i,
            run,
            true);
      }
    }
    for (int r = 0; r < rows; r++) {
      layout.copyRows(sums, r * run, y, (first + r) * layout.pixels());
    }
  }
}
