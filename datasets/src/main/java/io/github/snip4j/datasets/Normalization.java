package io.github.snip4j.datasets;

import io.github.snip4j.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How pixels become numbers: (pixel / 255 - mean) / deviation, with a mean and a deviation for each
 * channel, as in the authors' code. MNIST has one channel, so there they are those of all pixels.
 *
 * @param means one for each channel, of pixels divided by 255
 * @param deviations standard deviations, likewise
 */
public record Normalization(List<Double> means, List<Double> deviations) {
  private static final int VALUES = 256;

  /** Channel by channel. */
  public Normalization {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size() || means.isEmpty()) {
      throw new IllegalArgumentException(
          ("normalization: " + means.size() + " means and " + deviations.size())
              + " deviations: expected one of each for every channel");
    }
  }

  /**
   * Means and standard deviations of a whole dataset.
   *
   * @throws IllegalArgumentException if all pixels of a channel are alike
   */
  public static Normalization of(Dataset data) {
    Shape example = data.example();
    int channels = example.dim(0);
    int plane = example.dim(1) * example.dim(2);
    double count = (double) data.size() * plane;
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      long[] histogram = histogram(data, c * plane, plane);
      long sum = 0;
      long squares = 0;
      for (int value = 0; value < VALUES; value++) {
        sum += value * histogram[value];
        squares += (long) value * value * histogram[value];
      }
      double mean = sum / count;
      double variance = squares / count - mean * mean;
      if (!(variance > 0)) {
        throw new IllegalArgumentException(
            "normalization: all pixels "
                + (channels > 1 ? "of channel " + c + " " : "")
                + "are alike");
      }
      means.add(mean / 255);
      deviations.add(Math.sqrt(variance) / 255);
    }
    return new Normalization(means, deviations);
  }

  private static long[] histogram(Dataset data, int from, int length) {
    long[] histogram = new long[VALUES];
    byte[] pixels = data.pixels();
    int size = data.example().size();
    for (int i = 0; i < data.size(); i++) {
      int start = i * size + from;
      for (int p = start; p < start + length; p++) {
        histogram[pixels[p] & 0xff]++;
      }
    }
    return histogram;
  }

  /** What each of the 256 values becomes, one channel after the other. */
  float[] table() {
    float[] table = new float[means.size() * VALUES];
    for (int i = 0; i < table.length; i++) {
      int channel = i / VALUES;
      table[i] = (float) ((i % VALUES / 255.0 - means.get(channel)) / deviations.get(channel));
    }
    return table;
  }

  /** The value from 0 to 255 that becomes this number, the nearest one. */
  public int pixel(float number, int channel) {
    double value = 255 * (number * deviations.get(channel) + means.get(channel));
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
