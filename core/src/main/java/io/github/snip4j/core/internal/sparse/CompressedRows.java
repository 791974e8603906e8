package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.Shape;

/**
 * The rows of a sparse matrix, compressed: the columns of its values, row by row, ascending, and
 * where each row begins (CSR). Immutable.
 */
final class CompressedRows {
  /** The most parts that rows are divided into, to share out. */
  static final int PIECES = 32;

  private final int columns;
  private final int[] start;
  private final int[] column;
  private final int[] pieces;

  private CompressedRows(int columns, int[] start, int[] column) {
    this.columns = columns;
    this.start = start;
    this.column = column;
    pieces = pieces(start);
  }

  /**
   * The rows of a matrix whose values lie at these positions.
   *
   * @param shape the first axis is that of the rows, all others together that of the columns
   * @param positions row-major, ascending
   * @throws IllegalArgumentException if the shape has less than two axes, the positions are not
   *     ascending, or one lies outside
   */
  static CompressedRows of(Shape shape, int[] positions) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "sparse rows: " + shape + ": expected two axes or more: rows, and what a row has");
    }
    int rows = shape.dim(0);
    int columns = rows == 0 ? 0 : shape.size() / rows;
    int[] start = new int[rows + 1];
    int[] column = new int[positions.length];
    int row = 0;
    int rowAt = 0; // the position that it begins with
    int before = -1;
    for (int k = 0; k < positions.length; k++) {
      int position = positions[k];
      if (position <= before || position >= shape.size()) {
        throw new IllegalArgumentException(
            ("sparse rows of " + shape + ": position " + position + " after " + before)
                + (": expected ascending ones below " + shape.size()));
      }
      while (position - rowAt >= columns) {
        start[++row] = k;
        rowAt += columns;
      }
      column[k] = position - rowAt;
      before = position;
    }
    while (row < rows) {
      start[++row] = positions.length;
    }
    return new CompressedRows(columns, start, column);
  }

  /**
   * The rows of the transpose.
   *
   * @param permutation gets for each value of the transpose which of the values here it is
   */
  CompressedRows transposed(int[] permutation) {
    int[] begin = new int[columns + 1];
    for (int j : column) {
      begin[j + 1]++;
    }
    for (int j = 0; j < columns; j++) {
      begin[j + 1] += begin[j];
    }
    int[] next = begin.clone();
    int[] row = new int[column.length];
    for (int i = 0; i < rows(); i++) {
      for (int k = start[i]; k < start[i + 1]; k++) {
        int place = next[column[k]]++;
        row[place] = i;
        permutation[place] = k;
      }
    }
    return new CompressedRows(rows(), begin, row);
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

  int rows() {
    return start.length - 1;
  }

  int columns() {
    return columns;
  }

  /** How many values there are. */
  int count() {
    return column.length;
  }

  /** Where row {@code i} begins; of {@link #rows} where the last ends. */
  int start(int i) {
    return start[i];
  }

  /** The column of value {@code k}. */
  int column(int k) {
    return column[k];
  }

  /** How many values the row has that has the most. */
  int mostInRow() {
    int most = 0;
    for (int i = 0; i < rows(); i++) {
      most = Math.max(most, start[i + 1] - start[i]);
    }
    return most;
  }

  /**
   * Where a part of the rows begins, when they are divided into parts with about as many values
   * each.
   *
   * @param part 0 .. parts; the last is where the rows end
   * @param parts a divisor of {@link #PIECES}
   */
  int part(int part, int parts) {
    return pieces[part * (PIECES / parts)];
  }

  long bytes() {
    return (long) Integer.BYTES * (start.length + column.length);
  }
}
