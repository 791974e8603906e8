package io.github.snip4j.nn.predict;

/** y = w x + b of a sparse w: for each row, its values with the inputs in their columns. */
final class SparseRows implements Step {
  private final int[] starts; // of each row, and the end
  private final int[] columns;
  private final float[] values;
  private final float[] bias;

  /**
   * @param positions of the values in {@code [out, in]}, row-major and ascending
   */
  SparseRows(int[] positions, float[] values, int in, int out, float[] bias) {
    this.values = values;
    this.bias = bias;
    this.starts = new int[out + 1];
    this.columns = new int[positions.length];
    for (int k = 0; k < positions.length; k++) {
      starts[positions[k] / in + 1]++;
      columns[k] = positions[k] % in;
    }
    for (int row = 0; row < out; row++) {
      starts[row + 1] += starts[row];
    }
  }

  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    int k = 0;
    for (int row = 0; row < bias.length; row++) {
      float sum = bias[row];
      for (int end = starts[row + 1]; k < end; k++) {
        sum += values[k] * x[columns[k]];
      }
      y[row] = sum;
    }
  }
}
