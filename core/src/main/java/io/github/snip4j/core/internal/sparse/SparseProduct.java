package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.Kernels;
import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The products of a sparse W {@code [M, K]} that a linear layer takes: W x + b forward,
 * W<sup>T</sup> dy for the input's gradient, and dy x<sup>T</sup> at the kept places for the
 * values' gradient.
 *
 * <p>Work and memory are proportional to what is kept. Sums run over the kept values in order, so
 * the bits do not depend on the threads.
 *
 * <p>The same in plain loops: {@link io.github.snip4j.core.internal.naive.NaiveSparseProduct}.
 */
public final class SparseProduct {
  private static final int PARTS = 16; // of the rows, to share out
  private static final int STRETCH = 128; // of the batch: what it sees of x should stay in L2
  private static final int AT_ONCE = 256; // values whose lanes are added up together: 16 KiB
  private static final long WORTH_SHARING = 1 << 17; // multiply-adds; some 10 microseconds

  private SparseProduct() {}

  /**
   * W x + b (SpMM).
   *
   * @param values of W, {@code [kept]}
   * @param x {@code [K, N]}
   * @param bias {@code [M]}, or null for none
   * @return {@code [M, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor multiply(SparsePattern w, Tensor values, Tensor x, @Nullable Tensor bias) {
    return multiply(KernelChoice.chosen(), w, values, x, bias);
  }

  static Tensor multiply(
      Kernels kernels, SparsePattern w, Tensor values, Tensor x, @Nullable Tensor bias) {
    w.checkValues("sparse product", values);
    checkMatrix("x", x, w.columns(), w);
    if (bias != null && !bias.shape().equals(Shape.of(w.rows()))) {
      throw new IllegalArgumentException(
          "sparse product: bias " + bias.shape() + ": expected [" + w.rows() + "]");
    }
    int n = x.shape().dim(1);
    Tensor y = Tensor.uninitialized(Shape.of(w.rows(), n));
    int first = values.offset(); // of the values, and so of the offsets
    int[] offsets = Workspace.ints(first + w.kept());
    for (int k = 0; k < w.kept(); k++) {
      offsets[first + k] = w.column(k) * n;
    }
    forStretches(
        n,
        w,
        w::rowPart,
        (from, to, at, run) -> {
          for (int i = from; i < to; i++) {
            kernels
                .sparse()
                .row(
                    run,
                    bias == null ? 0f : bias.at(i),
                    values.data(),
                    offsets,
                    first + w.rowStart(i),
                    first + w.rowStart(i + 1),
                    x.data(),
                    x.offset() + at,
                    y.data(),
                    y.offset() + i * n + at);
          }
        });
    Workspace.giveBack(offsets);
    return y;
  }

  /**
   * W<sup>T</sup> dy: the gradient by x.
   *
   * @param values of W, {@code [kept]}
   * @param dy {@code [M, N]}
   * @return {@code [K, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor multiplyTransposed(SparsePattern w, Tensor values, Tensor dy) {
    return multiplyTransposed(KernelChoice.chosen(), w, values, dy);
  }

  static Tensor multiplyTransposed(Kernels kernels, SparsePattern w, Tensor values, Tensor dy) {
    w.checkValues("sparse product", values);
    checkMatrix("gradient", dy, w.rows(), w);
    int n = dy.shape().dim(1);
    Tensor dx = Tensor.uninitialized(Shape.of(w.columns(), n));
    int[] offsets = Workspace.ints(w.kept());
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = w.row(k) * n;
    }
    float[] v = Workspace.floats(w.kept());
    w.permute(values, v);
    forStretches(
        n,
        w,
        w::columnPart,
        (from, to, at, run) -> {
          for (int j = from; j < to; j++) {
            kernels
                .sparse()
                .row(
                    run,
                    0f,
                    v,
                    offsets,
                    w.columnStart(j),
                    w.columnStart(j + 1),
                    dy.data(),
                    dy.offset() + at,
                    dx.data(),
                    dx.offset() + j * n + at);
          }
        });
    Workspace.giveBack(v);
    Workspace.giveBack(offsets);
    return dx;
  }

  /**
   * dy x<sup>T</sup> at the kept places (SDDMM): the gradient by the values.
   *
   * @param dy {@code [M, N]}
   * @param x {@code [K, N]}
   * @return {@code [kept]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Tensor sampled(SparsePattern w, Tensor dy, Tensor x) {
    return sampled(KernelChoice.chosen(), w, dy, x);
  }

  static Tensor sampled(Kernels kernels, SparsePattern w, Tensor dy, Tensor x) {
    checkMatrix("gradient", dy, w.rows(), w);
    checkMatrix("x", x, w.columns(), w);
    int n = x.shape().dim(1);
    if (dy.shape().dim(1) != n) {
      throw new IllegalArgumentException(
          "sparse product: gradient " + dy.shape() + " and x " + x.shape() + ": batches differ");
    }
    Tensor dots = Tensor.uninitialized(Shape.of(w.kept()));
    int[] offsets = Workspace.ints(w.kept());
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = w.column(k) * n;
    }
    SparseKernels sparse = kernels.sparse();
    int most = (AT_ONCE + w.mostInRow()) * sparse.lanes();
    float[] sums = Workspace.floats(Shape.of(PARTS, most).size()); // refused if too large
    forEach(
        (long) w.kept() * n >= WORTH_SHARING,
        PARTS,
        part -> {
          int end = w.rowPart(part + 1, PARTS);
          for (int row = w.rowPart(part, PARTS); row < end; ) {
            int last = row + 1;
            while (last < end && w.rowStart(last) - w.rowStart(row) < AT_ONCE) {
              last++;
            }
            sampledRows(sparse, w, row, last, offsets, dy, x, sums, part * most, dots);
            row = last;
          }
        });
    Workspace.giveBack(sums);
    Workspace.giveBack(offsets);
    return dots;
  }

  private static void sampledRows(
      SparseKernels kernels,
      SparsePattern w,
      int row,
      int end,
      int[] offsets,
      Tensor dy,
      Tensor x,
      float[] sums,
      int at,
      Tensor dots) {
    int n = x.shape().dim(1);
    int first = w.rowStart(row);
    int count = w.rowStart(end) - first;
    for (int i = row; i < end; i++) {
      int from = w.rowStart(i);
      int to = w.rowStart(i + 1);
      int u = dy.offset() + i * n;
      int lane = at + (from - first) * kernels.lanes();
      kernels.dots(n, dy.data(), u, offsets, from, to, x.data(), x.offset(), sums, lane, false);
    }
    kernels.addUp(count, sums, at, dots.data(), dots.offset() + first);
  }

  /** Rows {@code [from, to)} of the result, {@code run} examples from {@code at} on. */
  @FunctionalInterface
  private interface Stretch {
    void compute(int from, int to, int at, int run);
  }

  /** Where one of so many parts of the rows begins. */
  @FunctionalInterface
  private interface Parts {
    int begin(int part, int parts);
  }

  private static void forStretches(int n, SparsePattern w, Parts parts, Stretch body) {
    int stretches = n == 0 ? 0 : Math.max(1, n / STRETCH);
    forEach(
        (long) w.kept() * n >= WORTH_SHARING,
        stretches * PARTS,
        piece -> {
          int at = piece / PARTS * STRETCH;
          int part = piece % PARTS;
          int end = piece / PARTS == stretches - 1 ? n : at + STRETCH;
          body.compute(parts.begin(part, PARTS), parts.begin(part + 1, PARTS), at, end - at);
        });
  }

  private static void forEach(boolean share, int pieces, IntConsumer body) {
    if (share) {
      Parallel.forEach(pieces, body);
    } else {
      for (int piece = 0; piece < pieces; piece++) {
        body.accept(piece);
      }
    }
  }

  private static void checkMatrix(String what, Tensor t, int rows, SparsePattern w) {
    if (t.shape().rank() != 2 || t.shape().dim(0) != rows) {
      throw new IllegalArgumentException(
          "sparse product: "
              + what
              + " "
              + t.shape()
              + " and "
              + w
              + ": expected ["
              + rows
              + ", N]");
    }
  }
}
