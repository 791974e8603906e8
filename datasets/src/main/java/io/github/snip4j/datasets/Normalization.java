package io.github.snip4j.datasets;

/**
 * How pixels become numbers: (pixel / 255 - mean) / deviation, one mean and deviation for all, as
 * the authors' code does for MNIST.
 */
public record Normalization(double mean, double deviation) {
  /** Mean and standard deviation of all pixels of a dataset, divided by 255. */
  public static Normalization of(Dataset data) {
    long sum = 0;
    long squares = 0;
    for (byte pixel : data.pixels()) {
      long value = pixel & 0xff;
      sum += value;
      squares += value * value;
    }
    double n = data.pixels().length;
    double mean = sum / n;
    double variance = squares / n - mean * mean;
    if (!(variance > 0)) {
      throw new IllegalArgumentException("normalization: all pixels are alike");
    }
    return new Normalization(mean / 255, Math.sqrt(variance) / 255);
  }

  /** What each of the 256 values becomes. */
  float[] table() {
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (float) ((value / 255.0 - mean) / deviation);
    }
    return table;
  }
}
