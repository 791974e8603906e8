package io.github.snip4j.nn.predict;

import io.github.snip4j.core.conv.PoolSpec;

/** The largest number, or the mean, of each window of each channel. */
final class Pool implements Step {
  private final PoolSpec pool;
  private final boolean largest;
  private final int channels;
  private final int h;
  private final int w;
  private final int outH;
  private final int outW;

  /**
   * @param largest or the mean, for which there is no padding
   */
  Pool(PoolSpec pool, boolean largest, int channels, int h, int w, int outH, int outW) {
    this.pool = pool;
    this.largest = largest;
    this.channels = channels;
    this.h = h;
    this.w = w;
    this.outH = outH;
    this.outW = outW;
  }

  @Override
  public int[] scratch() {
    return new int[] {w};
  }

  /** First each column of a window, all columns side by side, then what lies across. */
  @Override
  public void run(float[] x, float[] y, float[][] scratch) {
    float[] line = scratch[0];
    int to = 0;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < outH; i++) {
        int top = i * pool.strideH() - pool.padTop();
        int bottom = Math.min(h, top + pool.kernelH());
        int first = Math.max(0, top);
        System.arraycopy(x, (c * h + first) * w, line, 0, w);
        for (int row = first + 1; row < bottom; row++) {
          down(x, (c * h + row) * w, line);
        }
        for (int j = 0; j < outW; j++) {
          int left = j * pool.strideW() - pool.padLeft();
          int right = Math.min(w, left + pool.kernelW());
          y[to++] = across(line, Math.max(0, left), right);
        }
      }
    }
  }

  private void down(float[] x, int at, float[] line) {
    if (largest) {
      for (int column = 0; column < w; column++) {
        line[column] = Math.max(line[column], x[at + column]);
      }
    } else {
      for (int column = 0; column < w; column++) {
        line[column] += x[at + column];
      }
    }
  }

  private float across(float[] line, int from, int to) {
    float value = line[from];
    for (int column = from + 1; column < to; column++) {
      value = largest ? Math.max(value, line[column]) : value + line[column];
    }
    return largest ? value : value / (pool.kernelH() * pool.kernelW());
  }
}
