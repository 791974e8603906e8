package io.github.snip4j.core.internal.conv;

import java.util.Arrays;

/**
 * Which rows of a filter lie within the image, for each row of the result: a row outside of it
 * would see zeros alone. On images of 2 x 2 that a filter of 3 x 3 is padded for, one row of three
 * does.
 */
final class FilterRows {
  /** Rows of the result that are computed at a time, where they see the same rows of the filter. */
  private static final int TOGETHER = 2;

  private final int[] begin;
  private final int[] end;
  private final int count;
  private final int[] groups;

  /**
   * @param shifts which row of the image each row of the filter sees, relative to a position;
   *     ascending
   * @param height rows of the image
   * @param first the position of the result's first row, {@code step} from one to the next
   * @param rows of the result
   */
  FilterRows(int[] shifts, int height, int first, int step, int rows) {
    count = shifts.length;
    begin = new int[rows];
    end = new int[rows];
    for (int row = 0; row < rows; row++) {
      int position = first + row * step;
      int to = count;
      while (to > 0 && position + shifts[to - 1] >= height) {
        to--;
      }
      int from = 0;
      while (from < to && position + shifts[from] < 0) {
        from++;
      }
      begin[row] = from;
      end[row] = to;
    }
    groups = groups(rows);
  }

  /** Where each group of rows begins, and where the last ends. */
  private int[] groups(int rows) {
    int[] groups = new int[rows + 1];
    int n = 0;
    for (int row = 0; row < rows; row++) {
      int first = n == 0 ? row : groups[n - 1];
      boolean same = begin[row] == begin[first] && end[row] == end[first];
      if (n == 0 || !same || row - first == TOGETHER) {
        groups[n++] = row;
      }
    }
    groups[n] = rows;
    return Arrays.copyOf(groups, n + 1);
  }

  /** The rows of the filter itself: a row of the result is one of the output. */
  static FilterRows forward(ConvShape g) {
    int[] shifts = new int[g.kernelH];
    for (int i = 0; i < g.kernelH; i++) {
      shifts[i] = i * g.spec.dilationH() - g.spec.padTop();
    }
    return new FilterRows(shifts, g.h, 0, g.spec.strideH(), g.outH);
  }

  /** The rows that saw the inputs of a phase: a row of the result is one of the phase. */
  static FilterRows backward(ConvShape g, StrideResidue phase) {
    int[] shifts = new int[phase.tapRows.length];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = -(phase.tapRows[i] * g.spec.dilationH() / g.spec.strideH());
    }
    return new FilterRows(shifts, g.outH, phase.firstRow(), 1, phase.rows());
  }

  /** How many rows the filter has. */
  int count() {
    return count;
  }

  /** Into how many groups of rows the result falls: rows that see the same rows of the filter. */
  int groups() {
    return groups.length - 1;
  }

  /** The first row of a group. */
  int first(int group) {
    return groups[group];
  }

  /** How many rows a group has, one or two. */
  int size(int group) {
    return groups[group + 1] - groups[group];
  }

  /** The first row of the filter that lies within the image. */
  int begin(int row) {
    return begin[row];
  }

  /** The row after the last that does; {@link #begin} if there is none. */
  int end(int row) {
    return end[row];
  }
}
