package io.github.snip4j.nn.init;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * A random matrix with orthonormal rows, or columns if there are fewer of them, times a gain, so
 * that a layer turns signals without stretching them [Saxe, McClelland, Ganguli, <i>Exact solutions
 * to the nonlinear dynamics of learning in deep linear neural networks</i>, 2014].
 *
 * <p>A weight {@code [out, in, kernel axes ...]} is the matrix {@code [out, in * kernel]}, as in
 * PyTorch.
 *
 * <p>Implementation note: Gram and Schmidt's method on a normal matrix, each vector twice, which is
 * as good as orthogonal in double precision [Giraud, Langou, Rozložník, 2005]. It leaves each
 * vector on its own side, so the matrix is uniform among the orthogonal ones.
 *
 * @param gain what every vector's length is; positive
 */
public record Orthogonal(double gain) implements Initializer {
  /** Checks the gain. */
  public Orthogonal {
    if (!(gain > 0 && gain <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "orthogonal: gain " + gain + ": expected a positive number");
    }
  }

  @Override
  public Tensor draw(Shape shape, Seed seed) {
    if (shape.rank() < 2 || shape.size() == 0) {
      throw new IllegalArgumentException(
          "orthogonal: " + shape + " is no matrix; expected [out, in, ...]");
    }
    int rows = shape.dim(0);
    int columns = shape.size() / rows;
    boolean wide = rows <= columns;
    double[][] vectors = normal(Math.min(rows, columns), Math.max(rows, columns), seed);
    for (int i = 0; i < vectors.length; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          add(vectors[i], -dot(vectors[i], vectors[j]), vectors[j]);
        }
      }
      scale(vectors[i], 1 / Math.sqrt(dot(vectors[i], vectors[i])));
    }
    return RandomFill.fill(
        shape,
        at -> {
          int row = at / columns;
          int column = at % columns;
          return gain * (wide ? vectors[row][column] : vectors[column][row]);
        });
  }

  private static double[][] normal(int count, int length, Seed seed) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        vectors[i][k] = seed.normal((long) i * length + k);
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void add(double[] a, double factor, double[] b) {
    for (int k = 0; k < a.length; k++) {
      a[k] += factor * b[k];
    }
  }

  private static void scale(double[] a, double factor) {
    for (int k = 0; k < a.length; k++) {
      a[k] *= factor;
    }
  }
}
