package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * Normalisation of columns: y = scale h + shift, h = (x - mean) / √(variance + eps), with mean and
 * variance (the biased one) of each column of x seen as {@code [outer, K, inner]}. Layer
 * normalisation [1] and group normalisation [2] differ in what a column is, and in which number of
 * scale and shift belongs to which row.
 *
 * <p>Implementation note: rows are contiguous, so all loops go along them. Sums over a column are
 * taken in blocks of rows, which are added up exactly.
 *
 * <p>[1] Ba, Kiros, Hinton, <i>Layer normalization</i>, 2016. [2] Wu, He, <i>Group
 * normalization</i>, 2018.
 */
public final class LayerNormKernel {
  private static final int GRAIN = 1 << 14; // elements a thread takes at a time

  private final Tensor x;
  private final Tensor scale;
  private final int outer;
  private final int rows; // K
  private final int inner;
  private final int run; // rows that follow each other and have one number of the scale
  private final Tensor means; // per column
  private final Tensor inverses; // 1 / √(variance + eps), per column
  private final Tensor y;

  private LayerNormKernel(Tensor x, Tensor scale, int outer, int rows, int inner, int run) {
    this.x = x;
    this.scale = scale;
    this.outer = outer;
    this.rows = rows;
    this.inner = inner;
    this.run = run;
    this.means = Tensor.uninitialized(Shape.of(outer * inner));
    this.inverses = Tensor.uninitialized(Shape.of(outer * inner));
    this.y = Tensor.uninitialized(x.shape());
  }

  /**
   * Derivatives of the loss.
   *
   * @param dx of x's shape
   * @param dScale of the scale's shape
   * @param dShift of the shift's shape
   */
  public record Gradients(Tensor dx, Tensor dScale, Tensor dShift) {}

  /**
   * Normalises over the axes that the scale has, from a given one on; each has numbers of its own.
   *
   * @param x not modified, and kept for the gradient
   * @param scale of the shape of these axes of x
   * @param shift likewise
   * @param first the first of these axes; negative counts from the end
   * @throws IllegalArgumentException if the shapes do not fit, or a column is empty
   */
  public static LayerNormKernel ofAxes(
      Tensor x, Tensor scale, Tensor shift, int first, double eps) {
    int begin = Axes.index(x.shape(), first);
    int end = begin + scale.shape().rank();
    int[] dims = x.shape().toArray();
    boolean fits =
        end > begin
            && end <= dims.length
            && scale.shape().equals(Shape.of(Arrays.copyOfRange(dims, begin, end)))
            && shift.shape().equals(scale.shape());
    if (!fits || scale.size() == 0) {
      throw new IllegalArgumentException(
          ("layer norm: x " + x.shape() + ", scale " + scale.shape() + ", shift " + shift.shape())
              + (": expected the lengths of x from axis " + first + " on, none of them 0"));
    }
    int outer = Shape.of(Arrays.copyOf(dims, begin)).size();
    int inner = Shape.of(Arrays.copyOfRange(dims, end, dims.length)).size();
    return new LayerNormKernel(x, scale, outer, scale.size(), inner, 1).normalize(shift, eps);
  }

  /**
   * Normalises over the channels of each group, their images and nothing else.
   *
   * @param x {@code [C, ..., N]}, not modified, and kept for the gradient
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @param groups divides C
   * @throws IllegalArgumentException if the shapes do not fit, or a column is empty
   */
  public static LayerNormKernel ofGroups(
      Tensor x, Tensor scale, Tensor shift, int groups, double eps) {
    boolean fits =
        x.shape().rank() >= 2
            && x.shape().dropLast().size() > 0
            && groups > 0
            && x.shape().dim(0) % groups == 0
            && scale.shape().equals(Shape.of(x.shape().dim(0)))
            && shift.shape().equals(scale.shape());
    if (!fits) {
      throw new IllegalArgumentException(
          ("group norm: x " + x.shape() + ", scale " + scale.shape() + ", shift " + shift.shape())
              + (", " + groups + " groups: expected x [C, ..., N] with a pixel at least, ")
              + "scale and shift [C], and groups that divide C");
    }
    int example = x.shape().dropLast().size();
    int image = example / x.shape().dim(0);
    return new LayerNormKernel(x, scale, groups, example / groups, x.shape().dim(-1), image)
        .normalize(shift, eps);
  }

  /** The result, of x's shape. */
  public Tensor y() {
    return y;
  }

  /** A body that takes the columns {@code [from, from + n)} of one outer index. */
  private interface Columns {
    /**
     * @param row where the first of the rows begins in x, without its offset
     * @param column the number of the first column among all
     */
    void run(int row, int column, int n);
  }

  private void forColumns(Columns body) {
    int grain = Math.max(64, GRAIN / rows);
    int parts = (inner - 1) / grain + 1;
    Parallel.forRange(
        inner == 0 ? 0 : outer * parts,
        GRAIN / (rows * Math.max(1, Math.min(inner, grain))) + 1,
        (from, to) -> {
          for (int piece = from; piece < to; piece++) {
            int o = piece / parts;
            int begin = piece % parts * grain;
            body.run(o * rows * inner + begin, o * inner + begin, Math.min(grain, inner - begin));
          }
        });
  }

  /** Which number of scale and shift a row of x takes. */
  private int parameter(int row) {
    return row / run % scale.size();
  }

  private LayerNormKernel normalize(Tensor shift, double eps) {
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    ColumnSums sums = new ColumnSums(outer * inner);
    ColumnSums squares = new ColumnSums(outer * inner);
    float[] scratch = Workspace.floats(outer * inner);
    float[] to = y.data();
    forColumns(
        (row, column, n) -> {
          sums.clear(column, n);
          for (int k = 0; k < rows; k++) {
            sums.add(k, x.data(), x.offset() + row + k * inner, column, n);
          }
          for (int i = column; i < column + n; i++) {
            means.put(i, (float) (sums.total(i) / rows));
          }
          squares.clear(column, n);
          for (int k = 0; k < rows; k++) {
            int at = y.offset() + row + k * inner;
            centre(kernels, row + k * inner, column, n, to, at);
            kernels.multiply(n, to, at, to, at, scratch, column);
            squares.add(k, scratch, column, column, n);
          }
          for (int i = column; i < column + n; i++) {
            double square = squares.total(i);
            if (!(square < Float.MAX_VALUE)) { // squares of floats need not be floats
              square = squares(to, y.offset() + row + i - column);
            }
            inverses.put(i, (float) (1 / Math.sqrt(square / rows + eps)));
          }
          for (int k = 0; k < rows; k++) {
            int at = y.offset() + row + k * inner;
            int p = parameter((row + k * inner) / inner);
            kernels.multiply(n, to, at, inverses.data(), inverses.offset() + column, to, at);
            kernels.normalize(n, 0f, scale.at(p), shift.at(p), to, at, to, at);
          }
        });
    Workspace.giveBack(scratch);
    sums.giveBack();
    squares.giveBack();
    return this;
  }

  /** Σ d² of the deviations in a column. */
  private double squares(float[] deviations, int at) {
    double sum = 0;
    for (int k = 0; k < rows; k++) {
      double d = deviations[at + k * inner];
      sum += d * d;
    }
    return sum;
  }

  /** x - mean, of one row. */
  private void centre(ArithmeticKernels kernels, int row, int column, int n, float[] to, int at) {
    kernels.subtract(n, x.data(), x.offset() + row, means.data(), means.offset() + column, to, at);
  }

  /**
   * dShift = Σ dy, dScale = Σ dy h over all that take the same number; with g = scale dy, dx = (g -
   * the mean of g - h times the mean of g h) / √(variance + eps), the means over a column.
   *
   * @param dy upstream, of x's shape
   * @throws IllegalArgumentException if it has another shape
   */
  public Gradients gradients(Tensor dy) {
    if (!dy.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "layer norm gradient: dy " + dy.shape() + " and x " + x.shape());
    }
    Tensor h = Tensor.uninitialized(x.shape());
    Tensor dx = Tensor.uninitialized(x.shape());
    inputGradient(dy, h, dx);
    Tensor dScale = Tensor.uninitialized(scale.shape());
    Tensor dShift = Tensor.uninitialized(scale.shape());
    ReductionKernels reductions = KernelChoice.chosen().reductions();
    int all = outer * rows;
    Parallel.forRange(
        scale.size(),
        GRAIN / Math.max(1, x.size() / scale.size()) + 1,
        (from, to) -> {
          for (int p = from; p < to; p++) {
            double sum = 0;
            double dot = 0;
            for (int first = p * run; first < all; first += scale.size() * run) {
              int at = first * inner; // run rows in one piece
              sum += reductions.sum(run * inner, dy.data(), dy.offset() + at);
              dot +=
                  reductions.dot(
                      run * inner, 0f, h.data(), h.offset() + at, dy.data(), dy.offset() + at);
            }
            dShift.put(p, (float) sum);
            dScale.put(p, (float) dot);
          }
        });
    return new Gradients(dx, dScale, dShift);
  }

  /** dx, and h on the way. */
  private void inputGradient(Tensor dy, Tensor h, Tensor dx) {
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    ColumnSums sums = new ColumnSums(outer * inner); // of g
    ColumnSums dots = new ColumnSums(outer * inner); // of g h
    float[] scratch = Workspace.floats(outer * inner);
    float[] g = dx.data();
    forColumns(
        (row, column, n) -> {
          sums.clear(column, n);
          dots.clear(column, n);
          for (int k = 0; k < rows; k++) {
            int at = row + k * inner;
            int hAt = h.offset() + at;
            int gAt = dx.offset() + at;
            centre(kernels, at, column, n, h.data(), hAt);
            kernels.multiply(
                n, h.data(), hAt, inverses.data(), inverses.offset() + column, h.data(), hAt);
            kernels.scale(n, scale.at(parameter(at / inner)), dy.data(), dy.offset() + at, g, gAt);
            sums.add(k, g, gAt, column, n);
            kernels.multiply(n, g, gAt, h.data(), hAt, scratch, column);
            dots.add(k, scratch, column, column, n);
          }
          sums.divideBy(rows, column, n);
          dots.divideBy(rows, column, n);
          for (int k = 0; k < rows; k++) {
            int at = row + k * inner;
            int gAt = dx.offset() + at;
            kernels.multiply(n, h.data(), h.offset() + at, dots.totals(), column, scratch, column);
            kernels.subtract(n, g, gAt, sums.totals(), column, g, gAt);
            kernels.subtract(n, g, gAt, scratch, column, g, gAt);
            kernels.multiply(n, g, gAt, inverses.data(), inverses.offset() + column, g, gAt);
          }
        });
    Workspace.giveBack(scratch);
    sums.giveBack();
    dots.giveBack();
  }
}
