package io.github.snip4j.nn.predict;

import io.github.snip4j.core.internal.backend.SparseKernels;

/** y = w x + b of a dense w: its columns, each times its input, added up. */
final class DenseRows implements Step {
  private final SparseKernels kernels;
  private final float[] columns; // [in, out]
  private final int[] starts; // of each column
  private final float[] bias;

  /**
   * @param w {@code [out, in]}, row-major
   */
  DenseRows(SparseKernels kernels, float[] w, int in, int out, float[] bias) {
    this.kernels = kernels;
    this.bias = bias;
    this.starts = new int[in];
    this.columns = new float[w.length];
    for (int i = 0; i < in; i++) {
      starts[i] = i * out;
      for (int o = 0; o < out; o++) {
        columns[i * out + o] = w[o * in + i];
      }
    }
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    System.arraycopy(bias, 0, y, 0, bias.length);
    kernels.addRow(bias.length, x, starts, 0, starts.length, columns, 0, y, 0);
  }
}
