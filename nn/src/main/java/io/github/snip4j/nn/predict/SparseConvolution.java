package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.SparseKernels;

/**
 * A convolution of few weights: for each filter its taps that exist, each times what it meets,
 * added up.
 */
final class SparseConvolution implements Step {
  private final SparseKernels kernels;
  private final PaddedPhases layout;
  private final int[] starts; // of each filter's taps, and the end
  private final int[] offsets; // of each tap in the layout
  private final float[] values;
  private final float[] bias;

  /**
   * @param positions of the values in {@code [out, in / groups, kH, kW]}, row-major and ascending
   * @param filters that shape
   */
  SparseConvolution(
      SparseKernels kernels,
      PaddedPhases layout,
      int[] positions,
      float[] values,
      int[] filters,
      int groups,
      float[] bias) {
    this.kernels = kernels;
    this.layout = layout;
    this.values = values;
    this.bias = bias;
    this.starts = new int[filters[0] + 1];
    this.offsets = new int[positions.length];
    int kernel = filters[2] * filters[3];
    int perFilter = filters[1] * kernel;
    for (int k = 0; k < positions.length; k++) {
      int filter = positions[k] / perFilter;
      int c = positions[k] / kernel % filters[1] + filter / (filters[0] / groups) * filters[1];
      int tap = positions[k] % kernel;
      starts[filter + 1]++;
      offsets[k] = layout.tap(c, tap / filters[3], tap % filters[3]);
    }
    for (int filter = 0; filter < filters[0]; filter++) {
      starts[filter + 1] += starts[filter];
    }
  }

  /** See {@link FilterBank}. */
  static double cost(int kept, PaddedPhases layout) {
    return kept * (80 + 2.9 * layout.run());
  }

  @Override
  public int[] scratch() {
    return new int[] {layout.size(), layout.run()};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    float[] in = scratch[0];
    float[] sums = scratch[1];
    layout.layOut(x, in);
    for (int filter = 0; filter < bias.length; filter++) {
      int from = starts[filter];
      int to = starts[filter + 1];
      kernels.row(layout.run(), bias[filter], values, offsets, from, to, in, 0, sums, 0);
      layout.copyRows(sums, 0, y, filter * layout.pixels());
    }
  }
}
