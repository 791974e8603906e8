package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An image, row by row, as sums of {@link IndirectionTable} over another: what a sparse convolution
 * and its gradient with respect to the input are.
 *
 * @param from what the terms see; their offsets are from its first channel
 * @param bias of each channel, or null for none
 * @param run elements of a row
 */
record SparseConvLoop(
    SparseKernels kernels,
    IndirectionTable terms,
    ChannelView from,
    @Nullable Tensor bias,
    ChannelView to,
    int run) {
  /** Elements of a row at a time, eight vectors: what all channels see of it should stay in L2. */
  static final int STRETCH = 128;

  /** Parts of the channels, to share out where the image is small. */
  private static final int PARTS = 4;

  /** How long the stretch from an element of a run on is: the last takes what is left over. */
  static int length(int run, int at) {
    return run - at < 2 * STRETCH ? run - at : STRETCH;
  }

  /**
   * Computes all rows of all channels.
   *
   * @param values in the order of the terms
   */
  void compute(float[] values) {
    int stretches = Math.max(1, run / STRETCH);
    Parallel.forEach(
        terms.filterRows.groups() * stretches * PARTS,
        piece -> {
          int group = piece / PARTS / stretches;
          int at = piece / PARTS % stretches * STRETCH;
          int part = piece % PARTS;
          stretch(
              values,
              terms.filterRows.first(group),
              terms.filterRows.size(group),
              at,
              terms.channels * part / PARTS,
              terms.channels * (part + 1) / PARTS);
        });
  }

  /** A stretch of so many rows, which see the same rows of the filter, of some channels. */
  private void stretch(float[] values, int row, int rows, int at, int begin, int end) {
    int length = length(run, at);
    int x = from.row(0, row) + at;
    for (int chunk = 0; chunk < terms.chunks; chunk++) {
      for (int c = begin; c < end; c++) {
        int k = terms.begin(chunk, c, row);
        int last = terms.end(chunk, c, row);
        int y = to.row(c, row) + at;
        if (chunk == 0) {
          float start = bias == null ? 0f : bias.at(c);
          kernels.runs(
              rows,
              length,
              start,
              values,
              terms.offsets,
              k,
              last,
              from.data,
              x,
              from.rowStep,
              to.data,
              y,
              to.rowStep);
        } else if (k < last) {
          kernels.addRuns(
              rows,
              length,
              values,
              terms.offsets,
              k,
              last,
              from.data,
              x,
              from.rowStep,
              to.data,
              y,
              to.rowStep);
        }
      }
    }
  }
}
