package io.github.snip4j.core.data;

import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How the features of examples are brought to mean 0 and deviation 1: z = (x - mean) / deviation,
 * for each index of an example's first axis, which is a feature, or a channel of a picture. What
 * was trained on standardised examples must be given such ones, so it belongs to the model's file.
 *
 * @param mean one for each feature
 * @param deviation as many, above 0
 */
public record Standardization(List<Float> mean, List<Float> deviation) {
  /** Copies what it is given, and checks it. */
  public Standardization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "standardization: " + mean.size() + " means and " + deviation.size() + " deviations");
    }
    for (int k = 0; k < mean.size(); k++) {
      float d = deviation.get(k);
      if (!Float.isFinite(mean.get(k)) || !(d > 0 && Float.isFinite(d))) {
        throw new IllegalArgumentException(
            ("standardization: feature " + k + " has mean " + mean.get(k) + " and deviation " + d)
                + ": expected finite numbers, the deviation above 0");
      }
    }
  }

  /**
   * Of these examples: the deviation is that of all of them (divided by their number). A feature
   * that never changes has deviation 1, so that it becomes 0.
   *
   * @param x {@code [features, more axes ..., N]}
   */
  static Standardization of(Tensor x) {
    int features = x.shape().dim(0);
    int each = x.size() / Math.max(1, features);
    List<Float> mean = new ArrayList<>();
    List<Float> deviation = new ArrayList<>();
    for (int k = 0; k < features; k++) {
      double sum = 0;
      for (int i = k * each; i < (k + 1) * each; i++) {
        sum += x.at(i);
      }
      double m = sum / each;
      double squares = 0;
      for (int i = k * each; i < (k + 1) * each; i++) {
        squares += (x.at(i) - m) * (x.at(i) - m);
      }
      mean.add((float) m);
      float d = (float) Math.sqrt(squares / each);
      deviation.add(d > 0 ? d : 1f);
    }
    return new Standardization(mean, deviation);
  }

  /**
   * One example, standardised; a new array.
   *
   * @param example its numbers, row-major
   * @throws IllegalArgumentException if they are not as many for each feature
   */
  public float[] apply(float... example) {
    if (mean.isEmpty() || example.length % mean.size() != 0) {
      throw new IllegalArgumentException(
          "standardization of " + mean.size() + " features: " + example.length + " numbers");
    }
    int each = example.length / mean.size();
    float[] z = new float[example.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (example[i] - mean.get(i / each)) / deviation.get(i / each);
    }
    return z;
  }
}
