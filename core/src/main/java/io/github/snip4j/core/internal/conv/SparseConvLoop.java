package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An image, row by row, as sums of {@link IndirectionTable} over another: what a sparse convolution
 * and its gradient with respect to the input are.
 */
final class SparseConvLoop {
  /** Elements of a row at a time, eight vectors: what all channels see of it should stay in L2. */
  static final int STRETCH = 128;

  /** Parts of the channels, to share out where the image is small. */
  private static final int PARTS = 4;

  /** Rows, and their elements. */
  private final int rows;

  private final int run;

  SparseConvLoop(int rows, int run) {
    this.rows = rows;
    this.run = run;
  }

  /** How long the stretch from an element of a run on is: the last takes what is left over. */
  static int length(int run, int at) {
    return run - at < 2 * STRETCH ? run - at : STRETCH;
  }

  /**
   * Computes all rows of all channels.
   *
   * @param values in the order of the terms
   * @param from what the terms see; their offsets are from its first channel
   * @param bias of each channel, or null for none
   */
  void compute(
      SparseKernels kernels,
      IndirectionTable terms,
      float[] values,
      ChannelView from,
      @Nullable Tensor bias,
      ChannelView to) {
    int stretches = Math.max(1, run / STRETCH);
    Parallel.forEach(
        rows * stretches * PARTS,
        piece -> {
          int row = piece / PARTS / stretches;
          int at = piece / PARTS % stretches * STRETCH;
          int length = length(run, at);
          int part = piece % PARTS;
          int begin = terms.channels * part / PARTS;
          int end = terms.channels * (part + 1) / PARTS;
          int x = from.row(0, row) + at;
          for (int chunk = 0; chunk < terms.chunks; chunk++) {
            for (int c = begin; c < end; c++) {
              int k = terms.begin(chunk, c, row);
              int last = terms.end(chunk, c, row);
              int y = to.row(c, row) + at;
              if (chunk == 0) {
                float start = bias == null ? 0f : bias.at(c);
                kernels.row(
                    length, start, values, terms.offsets, k, last, from.data, x, to.data, y);
              } else if (k < last) {
                kernels.addRow(length, values, terms.offsets, k, last, from.data, x, to.data, y);
              }
            }
          }
        });
  }
}
