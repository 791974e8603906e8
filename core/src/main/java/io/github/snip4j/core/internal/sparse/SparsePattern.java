package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Which elements of a matrix are kept: compressed sparse rows, and the same for its transpose with
 * the permutation that takes values from one to the other. Immutable, and checked when it is made,
 * so that a kernel can trust it.
 *
 * <p>Values belong to it as an array of {@link #kept} numbers, row by row, columns ascending.
 */
public final class SparsePattern {
  /** The most parts that rows or columns are divided into, to share out. */
  public static final int PIECES = 32;

  private final int columns;
  private final int[] rowStart;
  private final int[] column;
  private final int[] columnStart;
  private final int[] row;
  private final int[] permutation;
  private final int[] rowPieces;
  private final int[] columnPieces;

  /**
   * A pattern from compressed sparse rows.
   *
   * @param rowStart where each row begins in {@code column}, and where the last ends: one more than
   *     there are rows; copied
   * @param column the kept columns of each row, ascending; copied
   * @throws IllegalArgumentException if that is not what they are
   */
  public SparsePattern(int columns, int[] rowStart, int[] column) {
    check(columns, rowStart, column);
    this.columns = columns;
    this.rowStart = rowStart.clone();
    this.column = column.clone();
    columnStart = new int[columns + 1];
    row = new int[column.length];
    permutation = new int[column.length];
    transpose();
    rowPieces = pieces(this.rowStart);
    columnPieces = pieces(columnStart);
  }

  /**
   * The pattern of a mask.
   *
   * @param keep row-major, {@code rows * columns} of them
   * @throws IllegalArgumentException if their number is another
   */
  public static SparsePattern of(int rows, int columns, boolean[] keep) {
    if (keep.length != Shape.of(rows, columns).size()) {
      throw new IllegalArgumentException(
          ("sparse pattern: " + rows + " x " + columns)
              + (" takes as many values, not " + keep.length));
    }
    int[] rowStart = new int[rows + 1];
    for (int i = 0; i < rows; i++) {
      rowStart[i + 1] = rowStart[i];
      for (int j = 0; j < columns; j++) {
        rowStart[i + 1] += keep[i * columns + j] ? 1 : 0;
      }
    }
    int[] column = new int[rowStart[rows]];
    int k = 0;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        column[k++] = i % columns;
      }
    }
    return new SparsePattern(columns, rowStart, column);
  }

  private static void check(int columns, int[] rowStart, int[] column) {
    if (columns < 0 || rowStart.length == 0 || rowStart[0] != 0) {
      throw new IllegalArgumentException(
          "sparse pattern: expected columns >= 0 and row starts that begin with 0");
    }
    int rows = rowStart.length - 1;
    if (rowStart[rows] != column.length) {
      throw new IllegalArgumentException(
          ("sparse pattern: the last row ends at " + rowStart[rows])
              + (", but there are " + column.length + " columns"));
    }
    for (int i = 0; i < rows; i++) {
      if (rowStart[i + 1] < rowStart[i]) {
        throw new IllegalArgumentException(
            "sparse pattern: row " + i + " ends at " + rowStart[i + 1] + ", before it begins");
      }
      if (rowStart[i + 1] > column.length) {
        throw new IllegalArgumentException(
            ("sparse pattern: row " + i + " ends at " + rowStart[i + 1])
                + (", beyond the " + column.length + " columns"));
      }
      int before = -1;
      for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
        if (column[k] <= before || column[k] >= columns) {
          throw new IllegalArgumentException(
              ("sparse pattern: row " + i + " has column " + column[k] + " after " + before)
                  + (": expected ascending ones below " + columns));
        }
        before = column[k];
      }
    }
  }

  private void transpose() {
    for (int j : column) {
      columnStart[j + 1]++;
    }
    for (int j = 0; j < columns; j++) {
      columnStart[j + 1] += columnStart[j];
    }
    int[] next = columnStart.clone();
    for (int i = 0; i < rows(); i++) {
      for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
        int place = next[column[k]]++;
        row[place] = i;
        permutation[place] = k;
      }
    }
  }

  /** Ranges of rows with about as many values each: where they begin, and where the last ends. */
  private static int[] pieces(int[] start) {
    int rows = start.length - 1;
    int[] bounds = new int[PIECES + 1];
    int i = 0;
    for (int piece = 1; piece < PIECES; piece++) {
      long enough = (long) (start[rows] + rows) * piece / PIECES; // an empty row costs a little
      while (i < rows && start[i] + i < enough) {
        i++;
      }
      bounds[piece] = i;
    }
    bounds[PIECES] = rows;
    return bounds;
  }

  public int rows() {
    return rowStart.length - 1;
  }

  public int columns() {
    return columns;
  }

  /** How many elements are kept. */
  public int kept() {
    return column.length;
  }

  /** How much memory this takes. */
  public long bytes() {
    return (long) Integer.BYTES
        * (rowStart.length + columnStart.length + column.length + row.length + permutation.length);
  }

  /** The share that is kept, in [0, 1]; 0 of an empty matrix. */
  public double density() {
    return kept() == 0 ? 0 : (double) kept() / ((double) rows() * columns);
  }

  /** Where row {@code i} begins; of {@link #rows} where the last ends. */
  public int rowStart(int i) {
    return rowStart[i];
  }

  /** How many values the row has that has the most. */
  public int mostInRow() {
    int most = 0;
    for (int i = 0; i < rows(); i++) {
      most = Math.max(most, rowStart[i + 1] - rowStart[i]);
    }
    return most;
  }

  /** The column of value {@code k}. */
  public int column(int k) {
    return column[k];
  }

  /** Where column {@code j} begins in the transpose; of {@link #columns} where the last ends. */
  public int columnStart(int j) {
    return columnStart[j];
  }

  /** The row of value {@code k} of the transpose. */
  public int row(int k) {
    return row[k];
  }

  /** Which value of this is value {@code k} of the transpose. */
  public int permutation(int k) {
    return permutation[k];
  }

  /**
   * Where part {@code part} of the rows begins, when they are divided into parts with about as many
   * values each.
   *
   * @param part 0 .. parts; the last is where the rows end
   * @param parts a divisor of {@link #PIECES}
   */
  public int rowPart(int part, int parts) {
    return rowPieces[part * (PIECES / parts)];
  }

  /** As {@link #rowPart} for the columns. */
  public int columnPart(int part, int parts) {
    return columnPieces[part * (PIECES / parts)];
  }

  /**
   * The matrix with these values, and zeros elsewhere.
   *
   * @param values {@code [kept]}
   * @return {@code [rows, columns]}
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Tensor toDense(Tensor values) {
    checkValues("to dense", values);
    Tensor dense = Tensor.zeros(Shape.of(rows(), columns));
    for (int i = 0; i < rows(); i++) {
      for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
        dense.put(i * columns + column[k], values.at(k));
      }
    }
    return dense;
  }

  /**
   * The kept values of a matrix.
   *
   * @param dense {@code [rows, columns]}, or of any shape with as many elements
   * @return {@code [kept]}
   * @throws IllegalArgumentException if it has more or fewer elements
   */
  public Tensor valuesOf(Tensor dense) {
    if (dense.size() != rows() * columns) {
      throw new IllegalArgumentException(
          "sparse pattern: " + rows() + " x " + columns + " and a tensor " + dense.shape());
    }
    Tensor values = Tensor.uninitialized(Shape.of(kept()));
    for (int i = 0; i < rows(); i++) {
      for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
        values.put(k, dense.at(i * columns + column[k]));
      }
    }
    return values;
  }

  /** The values in the transpose's order. */
  void permute(Tensor values, float[] to) {
    float[] from = values.data();
    int at = values.offset();
    for (int k = 0; k < permutation.length; k++) {
      to[k] = from[at + permutation[k]];
    }
  }

  void checkValues(String operation, Tensor values) {
    if (!values.shape().equals(Shape.of(kept()))) {
      throw new IllegalArgumentException(
          (operation + ": values " + values.shape() + ": expected [" + kept() + "]")
              + (", as many as " + this + " keeps"));
    }
  }

  /** As in {@code 300 x 784 with 4704 kept}. */
  @Override
  public String toString() {
    return rows() + " x " + columns + " with " + kept() + " kept";
  }
}
