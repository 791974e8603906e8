package io.github.snip4j.core.kernel;

import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/** Loops over the elements of tensors of one shape. */
public final class Pointwise {
  private static final int GRAIN = 1 << 15; // elements a thread takes at a time

  private Pointwise() {}

  /** y = max(x, 0); NaN stays NaN, so that a loss that has gone wrong shows it. */
  public static Tensor relu(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    float[] from = x.data();
    float[] to = y.data();
    int at = x.offset();
    Parallel.forRange(
        x.size(),
        GRAIN,
        (begin, end) -> {
          for (int i = begin; i < end; i++) {
            to[i] = Math.max(from[at + i], 0f);
          }
        });
    return y;
  }

  /**
   * dx = dy where y &gt; 0, else 0.
   *
   * @param y what {@link #relu} returned
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Tensor reluGradient(Tensor dy, Tensor y) {
    checkSameShape("relu gradient", dy, y);
    Tensor dx = Tensor.zeros(dy.shape());
    float[] upstream = dy.data();
    float[] value = y.data();
    float[] to = dx.data();
    Parallel.forRange(
        dy.size(),
        GRAIN,
        (begin, end) -> {
          for (int i = begin; i < end; i++) {
            to[i] = value[y.offset() + i] > 0f ? upstream[dy.offset() + i] : 0f;
          }
        });
    return dx;
  }

  /**
   * target = target + term.
   *
   * @param target modified
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void addTo(Tensor target, Tensor term) {
    checkSameShape("add", target, term);
    float[] to = target.data();
    float[] from = term.data();
    Parallel.forRange(
        target.size(),
        GRAIN,
        (begin, end) -> {
          for (int i = begin; i < end; i++) {
            to[target.offset() + i] += from[term.offset() + i];
          }
        });
  }

  /** factor * x. */
  public static Tensor scale(Tensor x, float factor) {
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < x.size(); i++) {
      y.data()[i] = factor * x.data()[x.offset() + i];
    }
    return y;
  }

  /**
   * A column repeated: y[f, n] = column[f].
   *
   * @param column {@code [F]}
   * @return {@code [F, N]}
   */
  public static Tensor repeatColumn(Tensor column, int n) {
    int rows = column.size();
    Tensor y = Tensor.zeros(Shape.of(rows, n));
    for (int f = 0; f < rows; f++) {
      Arrays.fill(y.data(), f * n, (f + 1) * n, column.data()[column.offset() + f]);
    }
    return y;
  }

  /** All elements added up in order, in double. */
  public static float sum(Tensor x) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += x.data()[x.offset() + i];
    }
    return (float) sum;
  }

  private static void checkSameShape(String operation, Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(operation + ": " + a.shape() + " and " + b.shape());
    }
  }
}
