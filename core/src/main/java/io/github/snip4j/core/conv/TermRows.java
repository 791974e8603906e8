package io.github.snip4j.core.conv;

/**
 * The terms of an output in groups, one for each row of the filter: those of a row that lies
 * outside the image would see zeros alone. What is left is one range of terms. On images of 2 x 2
 * that a filter of 3 x 3 is padded for, it is two thirds of them.
 */
final class TermRows {
  private final int[] shifts;
  private final int height;
  private final int terms;

  /**
   * @param shifts which row of the image each row of the filter sees, relative to an output's;
   *     ascending
   * @param height rows of the image
   * @param terms per row of the filter
   */
  TermRows(int[] shifts, int height, int terms) {
    this.shifts = shifts;
    this.height = height;
    this.terms = terms;
  }

  /** The rows of a filter in forward direction. */
  static TermRows of(Geometry g) {
    int[] shifts = new int[g.kernelH];
    for (int i = 0; i < g.kernelH; i++) {
      shifts[i] = i * g.spec.dilationH() - g.spec.padTop();
    }
    return new TermRows(shifts, g.h, g.groupC * g.kernelW);
  }

  /** The first term that counts where the filter lies at {@code row} of the image. */
  int begin(int row) {
    int i = 0;
    while (i < shifts.length && row + shifts[i] < 0) {
      i++;
    }
    return i * terms;
  }

  /** The term after the last that counts; {@link #begin} or less if there is none. */
  int end(int row) {
    int i = shifts.length;
    while (i > 0 && row + shifts[i - 1] >= height) {
      i--;
    }
    return i * terms;
  }
}
