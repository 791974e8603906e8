package io.github.snip4j.datasets;

import io.github.snip4j.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How pixels become numbers: (pixel / 255 - mean) / deviation, with a mean and a deviation for each
 * channel, as in the authors' code. MNIST has one channel, so there they are those of all pixels.
 * Examples that are numbers already become (number - mean) / deviation, for each index of their
 * first axis: a column of a table, a channel of a picture.
 *
 * @param means one for each channel, of pixels divided by 255, or of numbers as they are
 * @param deviations standard deviations, likewise
 * @param black which pixel divided by 255, or which number, is shown black
 * @param white which is shown white
 */
public record Normalization(
    List<Double> means, List<Double> deviations, double black, double white) {
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

  /** Of pixels, of which 0 is black and 255 is white. */
  public Normalization(List<Double> means, List<Double> deviations) {
    this(means, deviations, 0, 1);
  }

  /**
   * Means and standard deviations of a whole dataset. A column of numbers that are all alike has
   * deviation 1, so that it becomes 0.
   *
   * @throws IllegalArgumentException if all pixels of a channel are alike
   */
  public static Normalization of(Dataset data) {
    float[] numbers = data.numbers();
    if (numbers != null) {
      return of(numbers, data.example());
    }
    Shape example = data.example();
    int channels = example.dim(0);
    int plane = example.dim(1) * example.dim(2);
    double count = (double) data.size() * plane;
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    byte[] pixels = data.pixels();
    for (int c = 0; c < channels; c++) {
      long sum = 0;
      long squares = 0;
      for (int i = 0; i < data.size(); i++) {
        int start = i * example.size() + c * plane;
        for (int p = start; p < start + plane; p++) {
          int value = pixels[p] & 0xff;
          sum += value;
          squares += value * value;
        }
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

  private static Normalization of(float[] numbers, Shape example) {
    int features = example.dim(0);
    int each = example.size() / features;
    double count = (double) numbers.length / features;
    double[] mean = new double[features];
    for (int i = 0; i < numbers.length; i++) {
      mean[i % example.size() / each] += numbers[i] / count;
    }
    double[] variance = new double[features];
    float[] low = new float[features];
    float[] high = new float[features];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < numbers.length; i++) {
      int feature = i % example.size() / each;
      variance[feature] += (numbers[i] - mean[feature]) * (numbers[i] - mean[feature]) / count;
      low[feature] = Math.min(low[feature], numbers[i]);
      high[feature] = Math.max(high[feature], numbers[i]);
    }
    double black = Double.POSITIVE_INFINITY;
    double white = Double.NEGATIVE_INFINITY;
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int k = 0; k < features; k++) {
      boolean alike = low[k] == high[k]; // its mean above is off by what was rounded
      means.add(alike ? low[k] : mean[k]);
      deviations.add(alike ? 1 : Math.sqrt(variance[k]));
      black = Math.min(black, low[k]);
      white = Math.max(white, high[k]);
    }
    return new Normalization(means, deviations, black, white > black ? white : black + 1);
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

  /** How light this number is shown, from 0 to 255: of pixels, the nearest that becomes it. */
  public int pixel(float number, int channel) {
    double before = number * deviations.get(channel) + means.get(channel);
    double value = 255 * ((before - black) / (white - black));
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
