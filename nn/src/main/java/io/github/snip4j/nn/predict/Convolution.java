package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.SparseKernels;

/** A convolution: for each filter its taps that exist, each times what it meets, added up. */
final class Convolution implements Step {
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
  Convolution(
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

  @Override
  public int[] scratch() {
    return new int[] {layout.size(), layout.span()};
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    float[] in = scratch[0];
    float[] sums = scratch[1];
    layout.layOut(x, in);
    for (int filter = 0; filter < bias.length; filter++) {
      int from = starts[filter];
      int to = starts[filter + 1];
      kernels.row(layout.span(), bias[filter], values, offsets, from, to, in, 0, sums, 0);
      for (int row = 0; row < layout.outH; row++) {
        int at = (filter * layout.outH + row) * layout.outW;
        System.arraycopy(sums, row * layout.pitch, y, at, layout.outW);
      }
    }
  }
}
