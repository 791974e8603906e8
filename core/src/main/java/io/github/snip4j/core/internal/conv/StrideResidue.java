package io.github.snip4j.core.internal.conv;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The inputs that are seen by the same taps: those whose row and column, counted in the padded
 * input, leave these remainders when divided by the strides. At a stride of 1 there is one phase,
 * and it sees all taps.
 */
final class StrideResidue {
  private final ConvShape g;
  final int rowRemainder;
  final int columnRemainder;

  /**
   * The taps' rows i and columns j in the filter, the last one first: so what they see ascends in
   * memory. In the other order a product with them takes a quarter longer.
   */
  final int[] tapRows;

  final int[] tapColumns;

  /** The first column, divided by the stride, and how many there are. */
  final int firstColumn;

  final int columns;

  private StrideResidue(ConvShape g, int rowRemainder, int columnRemainder) {
    this.g = g;
    this.rowRemainder = rowRemainder;
    this.columnRemainder = columnRemainder;
    tapRows = taps(g.kernelH, g.spec.dilationH(), g.spec.strideH(), rowRemainder);
    tapColumns = taps(g.kernelW, g.spec.dilationW(), g.spec.strideW(), columnRemainder);
    firstColumn = first(g.spec.padLeft(), columnRemainder, g.spec.strideW());
    columns = count(g.spec.padLeft(), g.w, columnRemainder, g.spec.strideW());
  }

  static List<StrideResidue> all(ConvShape g) {
    List<StrideResidue> phases = new ArrayList<>();
    for (int row = 0; row < g.spec.strideH(); row++) {
      for (int column = 0; column < g.spec.strideW(); column++) {
        phases.add(new StrideResidue(g, row, column));
      }
    }
    return phases;
  }

  private static int[] taps(int kernel, int dilation, int stride, int remainder) {
    return IntStream.range(0, kernel)
        .map(i -> kernel - 1 - i)
        .filter(i -> i * dilation % stride == remainder)
        .toArray();
  }

  /** From one of the taps' columns to the next: they are evenly spaced. */
  int tapStep() {
    return tapColumns.length < 2 ? 0 : tapColumns[1] - tapColumns[0];
  }

  /** How many taps there are. */
  int taps() {
    return tapRows.length * tapColumns.length;
  }

  /** The first row, divided by the stride. */
  int firstRow() {
    return first(g.spec.padTop(), rowRemainder, g.spec.strideH());
  }

  int rows() {
    return count(g.spec.padTop(), g.h, rowRemainder, g.spec.strideH());
  }

  /** The row of the input, without padding, that is row {@code q} of this phase. */
  int inputRow(int q) {
    return q * g.spec.strideH() + rowRemainder - g.spec.padTop();
  }

  /** The column of the input, without padding, that is column {@code q} of this phase. */
  int inputColumn(int q) {
    return q * g.spec.strideW() + columnRemainder - g.spec.padLeft();
  }

  /**
   * Copies a row of this phase to where its columns lie, a stride apart, in the input.
   *
   * @param from row by row of so many channels, {@code fromStep} apart
   * @param dx from the row's first column on
   */
  void scatter(float[] from, int fromAt, int fromStep, int channels, float[] dx, int at) {
    for (int c = 0; c < channels; c++) {
      for (int q = 0; q < columns; q++) {
        int to = at + (c * g.h * g.w + inputColumn(firstColumn + q)) * g.n;
        System.arraycopy(from, fromAt + c * fromStep + q * g.n, dx, to, g.n);
      }
    }
  }

  private static int first(int pad, int remainder, int stride) {
    return Math.floorDiv(pad - remainder + stride - 1, stride);
  }

  private static int count(int pad, int length, int remainder, int stride) {
    int end = Math.floorDiv(pad + length - 1 - remainder, stride) + 1;
    return Math.max(0, end - first(pad, remainder, stride));
  }
}
