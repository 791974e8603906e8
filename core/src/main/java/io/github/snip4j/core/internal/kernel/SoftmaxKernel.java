package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * SoftmaxKernel over the first axis of {@code [K, ..., N]}: p[k, n] = e<sup>z[k, n]</sup> /
 * Σ<sub>j</sub> e<sup>z[j, n]</sup>, and its logarithm.
 *
 * <p>Implementation note: the largest of each column is subtracted first, so nothing overflows. All
 * loops go along the rows, which are contiguous, a piece of columns at a time.
 *
 * <p>[1] Knuth, <i>The Art of Computer Programming</i>, volume 2, section 4.2.2, theorem B.
 */
public final class SoftmaxKernel {
  private static final int GRAIN = 1 << 13; // elements a thread takes at a time
  private static final float SURE = 1.5f; // a sum of e^(z - maximum) below this is mostly its 1

  private SoftmaxKernel() {}

  /**
   * p.
   *
   * @param z {@code [K, ..., N]}, not modified
   * @throws IllegalArgumentException if it has no axis
   */
  public static Tensor softmax(Tensor z) {
    int columns = columns("softmax", z.shape());
    float[] scratch = Workspace.floats(columns);
    Tensor p = softmax(z, scratch, scratch); // a column's maximum is used up before its sum is
    Workspace.giveBack(scratch);
    return p;
  }

  /**
   * {@link #softmax(Tensor)} that also keeps each column's maximum and its sum of e^(z - maximum).
   */
  static Tensor softmax(Tensor z, float[] maxima, float[] sums) {
    Tensor p = Tensor.uninitialized(z.shape());
    float[] y = p.data();
    int columns = columns("softmax", z.shape());
    int classes = z.shape().dim(0);
    ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
    ElementKernels elements = KernelChoice.chosen().elements();
    Parallel.forRange(
        columns,
        grain(classes),
        (from, to) -> {
          int n = to - from;
          subtractMaxima(z, p, maxima, from, n);
          for (int k = 0; k < classes; k++) {
            int at = p.offset() + k * columns + from;
            elements.exp(n, y, at, y, at);
          }
          addUp(p, classes, columns, sums, from, n);
          for (int k = 0; k < classes; k++) {
            int at = p.offset() + k * columns + from;
            arithmetic.divide(n, y, at, sums, from, y, at);
          }
        });
    return p;
  }

  /**
   * ln p = z - ln Σ<sub>j</sub> e<sup>z[j]</sup>.
   *
   * @param z {@code [K, ..., N]}, not modified
   * @throws IllegalArgumentException if it has no axis
   */
  public static Tensor logSoftmax(Tensor z) {
    int columns = columns("log-softmax", z.shape());
    int classes = z.shape().dim(0);
    Tensor logs = Tensor.uninitialized(z.shape());
    float[] y = logs.data();
    float[] exps = Workspace.floats(columns);
    float[] sums = Workspace.floats(columns);
    float[] lost = Workspace.floats(columns);
    ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
    ElementKernels elements = KernelChoice.chosen().elements();
    Parallel.forRange(
        columns,
        grain(classes),
        (from, to) -> {
          int n = to - from;
          subtractMaxima(z, logs, sums, from, n);
          Arrays.fill(sums, from, to, 0f);
          Arrays.fill(lost, from, to, 0f);
          for (int k = 0; k < classes; k++) {
            elements.exp(n, y, logs.offset() + k * columns + from, exps, from);
            addExactly(exps, sums, lost, from, to);
          }
          elements.log(n, sums, from, exps, from);
          logsOfSureColumns(sums, lost, exps, from, to);
          for (int k = 0; k < classes; k++) {
            int at = logs.offset() + k * columns + from;
            arithmetic.subtract(n, y, at, exps, from, y, at);
          }
        });
    Workspace.giveBack(exps);
    Workspace.giveBack(sums);
    Workspace.giveBack(lost);
    return logs;
  }

  /** Adds the terms to sums, and what rounding takes from these to lost [1]. */
  static void addExactly(float[] terms, float[] sums, float[] lost, int from, int to) {
    for (int i = from; i < to; i++) {
      float before = sums[i];
      float sum = before + terms[i];
      float added = sum - before;
      lost[i] += (before - (sum - added)) + (terms[i] - added);
      sums[i] = sum;
    }
  }

  /** ln(1 + the others) where one class is far ahead: the others are what rounding loses. */
  private static void logsOfSureColumns(
      float[] sums, float[] lost, float[] logs, int from, int to) {
    for (int i = from; i < to; i++) {
      if (sums[i] < SURE) {
        logs[i] = (float) Math.log1p((sums[i] - 1.0) + lost[i]);
      }
    }
  }

  /**
   * dz = p (dy - Σ<sub>k</sub> dy[k] p[k]).
   *
   * @param dy upstream
   * @param p what {@link #softmax(Tensor)} returned
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Tensor softmaxGradient(Tensor dy, Tensor p) {
    Tensor products = Broadcast.multiply(dy, checked("softmax gradient", dy, p));
    return subtractFromEach(products, p, products);
  }

  /**
   * dz = dy - p Σ<sub>k</sub> dy[k].
   *
   * @param dy upstream
   * @param logs ln p, what {@link #logSoftmax} returned
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Tensor logSoftmaxGradient(Tensor dy, Tensor logs) {
    Tensor p = Pointwise.exp(checked("log-softmax gradient", dy, logs));
    return subtractFromEach(dy, p, dy);
  }

  /** a - p (the sum of b over the classes). */
  private static Tensor subtractFromEach(Tensor a, Tensor p, Tensor b) {
    Tensor dz = Tensor.uninitialized(a.shape());
    int columns = columns("softmax gradient", a.shape());
    int classes = a.shape().dim(0);
    float[] sums = Workspace.floats(columns);
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    Parallel.forRange(
        columns,
        grain(classes),
        (from, end) -> {
          int n = end - from;
          Arrays.fill(sums, from, end, 0f);
          for (int k = 0; k < classes; k++) {
            kernels.addTo(n, 1f, b.data(), b.offset() + k * columns + from, sums, from);
          }
          for (int k = 0; k < classes; k++) {
            int at = k * columns + from;
            int to = dz.offset() + at;
            kernels.multiply(n, p.data(), p.offset() + at, sums, from, dz.data(), to);
            kernels.subtract(n, a.data(), a.offset() + at, dz.data(), to, dz.data(), to);
          }
          balance(dz, p, classes, columns, from, end);
        });
    Workspace.giveBack(sums);
    return dz;
  }

  /**
   * Sets dz of a class with a p near 1 to minus the sum of the others, which it is as all of a
   * column add up to 0: its own difference of near equals has lost its digits.
   */
  private static void balance(Tensor dz, Tensor p, int classes, int columns, int from, int to) {
    for (int k = 0; k < classes; k++) {
      int row = k * columns;
      for (int column = from; column < to; column++) {
        if (p.at(row + column) > 0.5f) {
          double sum = 0;
          for (int other = 0; other < classes; other++) {
            sum += other == k ? 0 : dz.at(other * columns + column);
          }
          dz.put(row + column, (float) -sum);
        }
      }
    }
  }

  /** y = z - the maximum of each column. */
  private static void subtractMaxima(Tensor z, Tensor y, float[] maxima, int from, int n) {
    int classes = z.shape().dim(0);
    int columns = columns("softmax", z.shape());
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    Arrays.fill(maxima, from, from + n, Float.NEGATIVE_INFINITY);
    for (int k = 0; k < classes; k++) {
      kernels.maxTo(n, z.data(), z.offset() + k * columns + from, maxima, from);
    }
    for (int k = 0; k < classes; k++) {
      int at = k * columns + from;
      kernels.subtract(n, z.data(), z.offset() + at, maxima, from, y.data(), y.offset() + at);
    }
  }

  /** Sums of the columns from .. from + n - 1 of y {@code [classes, columns]}. */
  static void addUp(Tensor y, int classes, int columns, float[] sums, int from, int n) {
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    Arrays.fill(sums, from, from + n, 0f);
    for (int k = 0; k < classes; k++) {
      kernels.addTo(n, 1f, y.data(), y.offset() + k * columns + from, sums, from);
    }
  }

  private static int grain(int classes) {
    return Math.max(64, GRAIN / Math.max(1, classes));
  }

  private static int columns(String operation, Shape shape) {
    if (shape.rank() == 0) {
      throw new IllegalArgumentException(operation + ": [] has no axis of classes");
    }
    return shape.size() / Math.max(1, shape.dim(0));
  }

  private static Tensor checked(String operation, Tensor dy, Tensor value) {
    if (!dy.shape().equals(value.shape())) {
      throw new IllegalArgumentException(operation + ": " + dy.shape() + " and " + value.shape());
    }
    return value;
  }
}
