package io.github.snip4j.core.internal.naive;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** What the definitions have in common. */
final class NaiveSums {
  private NaiveSums() {}

  /** Numbers in double, rounded once. */
  static Tensor tensor(Shape shape, double[] values) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < values.length; i++) {
      t.put(i, (float) values[i]);
    }
    return t;
  }

  /** Σ_j w[row, from + j] v[j]. */
  static double dot(Tensor w, int row, int from, double[] v) {
    int columns = w.shape().dim(1);
    double sum = 0;
    for (int j = 0; j < v.length; j++) {
      sum += w.at(row * columns + from + j) * v[j];
    }
    return sum;
  }

  /** to[j] += a w[row, from + j]. */
  static void addRow(double a, Tensor w, int row, int from, double[] to) {
    int columns = w.shape().dim(1);
    for (int j = 0; j < to.length; j++) {
      to[j] += a * w.at(row * columns + from + j);
    }
  }

  /** to[from + j] += a v[j]. */
  static void add(double a, double[] v, double[] to, int from) {
    for (int j = 0; j < v.length; j++) {
      to[from + j] += a * v[j];
    }
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
