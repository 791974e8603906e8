package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Matrix} of which few elements exist. {@link #multiply} is SpMM, and so is {@link
 * #multiplyTransposed}, over the transpose; {@link #gradient} is SDDMM.
 *
 * <p>Work and memory are proportional to what exists. Sums run over the values in order, so the
 * bits do not depend on the threads.
 *
 * <p>The same in plain loops: {@link io.github.snip4j.core.internal.naive.NaiveSparseProduct}.
 */
final class SparseMatrix implements Matrix {
  private static final int PARTS = 16; // of the rows, to share out
  private static final int BLOCK = 128; // of the batch: what it sees of x should stay in L2
  private static final int AT_ONCE = 256; // values whose lanes are added up together: 16 KiB
  private static final long WORTH_SHARING = 1 << 17; // multiply-adds; some 10 microseconds

  private final SparseKernels kernels;
  private final SparsePattern w;
  private final Tensor values;

  SparseMatrix(SparsePattern w, Tensor values) {
    this(KernelChoice.chosen().sparse(), w, values);
  }

  SparseMatrix(SparseKernels kernels, SparsePattern w, Tensor values) {
    this.kernels = kernels;
    this.w = w;
    this.values = values;
  }

  @Override
  public Tensor multiply(Tensor x, @Nullable Tensor bias) {
    checkMatrix("x", x, w.columns());
    if (bias != null && !bias.shape().equals(Shape.of(w.rows()))) {
      throw new IllegalArgumentException(
          "sparse product: bias " + bias.shape() + ": expected [" + w.rows() + "]");
    }
    return product(w.byRow(), false, w.aligned(values), x, bias);
  }

  @Override
  public Tensor multiplyTransposed(Tensor dy) {
    checkMatrix("gradient", dy, w.rows());
    float[] transposed = w.transposed(values);
    Tensor dx = product(w.transpose(), true, transposed, dy, null);
    Workspace.giveBack(transposed);
    return dx;
  }

  /**
   * The product of some rows with x.
   *
   * @param v their values, from {@link CacheLine#BEGIN}
   */
  private Tensor product(
      CompressedRows rows, boolean ofTranspose, float[] v, Tensor x, @Nullable Tensor bias) {
    int n = x.shape().dim(1);
    Tensor y = Tensor.uninitialized(Shape.of(rows.rows(), n));
    int[] offsets = w.layout(new RowOffsets.Key(ofTranspose, n)).offsets;
    int blocks = n == 0 ? 0 : Math.max(1, n / BLOCK);
    forEach(
        (long) rows.count() * n >= WORTH_SHARING,
        blocks * PARTS,
        piece -> {
          int at = piece / PARTS * BLOCK;
          int length = (piece / PARTS == blocks - 1 ? n : at + BLOCK) - at;
          int end = rows.part(piece % PARTS + 1, PARTS);
          for (int i = rows.part(piece % PARTS, PARTS); i < end; i++) {
            kernels.row(
                length,
                bias == null ? 0f : bias.at(i),
                v,
                offsets,
                CacheLine.BEGIN + rows.start(i),
                CacheLine.BEGIN + rows.start(i + 1),
                x.data(),
                x.offset() + at,
                y.data(),
                y.offset() + i * n + at);
          }
        });
    return y;
  }

  @Override
  public Tensor gradient(Tensor dy, Tensor x) {
    checkMatrix("gradient", dy, w.rows());
    checkMatrix("x", x, w.columns());
    int n = x.shape().dim(1);
    if (dy.shape().dim(1) != n) {
      throw new IllegalArgumentException(
          "sparse product: gradient " + dy.shape() + " and x " + x.shape() + ": batches differ");
    }
    CompressedRows rows = w.byRow();
    int[] offsets = w.layout(new RowOffsets.Key(false, n)).offsets;
    Tensor dots = Tensor.uninitialized(Shape.of(rows.count()));
    int most = (AT_ONCE + rows.mostInRow()) * kernels.lanes();
    float[] sums = Workspace.floats(Shape.of(PARTS, most).size()); // refused if too large
    forEach(
        (long) rows.count() * n >= WORTH_SHARING,
        PARTS,
        part -> {
          int end = rows.part(part + 1, PARTS);
          for (int row = rows.part(part, PARTS); row < end; ) {
            int last = row + 1;
            while (last < end && rows.start(last) - rows.start(row) < AT_ONCE) {
              last++;
            }
            gradient(rows, row, last, offsets, dy, x, sums, part * most, dots);
            row = last;
          }
        });
    Workspace.giveBack(sums);
    return dots;
  }

  /** Of the values in rows {@code [row, end)}. */
  private void gradient(
      CompressedRows rows,
      int row,
      int end,
      int[] offsets,
      Tensor dy,
      Tensor x,
      float[] sums,
      int at,
      Tensor dots) {
    int n = x.shape().dim(1);
    int first = rows.start(row);
    for (int i = row; i < end; i++) {
      int from = rows.start(i);
      int to = rows.start(i + 1);
      kernels.dots(
          n,
          dy.data(),
          dy.offset() + i * n,
          offsets,
          CacheLine.BEGIN + from,
          CacheLine.BEGIN + to,
          x.data(),
          x.offset(),
          sums,
          at + (from - first) * kernels.lanes(),
          false);
    }
    kernels.addUp(rows.start(end) - first, sums, at, dots.data(), dots.offset() + first);
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

  private void checkMatrix(String what, Tensor t, int rows) {
    if (t.shape().rank() != 2 || t.shape().dim(0) != rows) {
      throw new IllegalArgumentException(
          ("sparse product: " + what + " " + t.shape() + " and " + w)
              + (": expected [" + rows + ", N]"));
    }
  }
}
