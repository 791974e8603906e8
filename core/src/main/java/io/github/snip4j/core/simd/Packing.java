package io.github.snip4j.core.simd;

import io.github.snip4j.core.backend.TapKernels;

/** Lays a matrix out in the order in which tiles read it. */
final class Packing {
  private Packing() {}

  /** Rows of A, from {@code row} on, in strips for a tile: columns p .. p+depth of them. */
  static void strips(Operand a, int row, int rows, int p, int depth, float[] to) {
    for (int r = 0; r < rows; r += TapKernels.STRIP) {
      int width = Math.min(TapKernels.STRIP, rows - r);
      int from = a.position(row + r, p);
      strip(a.data, from, a.columnStep, a.rowStep, depth, width, TapKernels.STRIP, to, r * depth);
    }
  }

  /**
   * {@code to[toAt + p*padded + q] = from[fromAt + p*pStep + q*qStep]} for p below {@code depth}
   * and q below {@code width}, and 0 for q from {@code width} to {@code padded}.
   */
  static void strip(
      float[] from,
      int fromAt,
      int pStep,
      int qStep,
      int depth,
      int width,
      int padded,
      float[] to,
      int toAt) {
    if (qStep == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(from, fromAt + p * pStep, to, toAt + p * padded, width);
      }
    } else {
      for (int q = 0; q < width; q++) {
        int at = fromAt + q * qStep;
        int target = toAt + q;
        for (int p = 0; p < depth; p++) {
          to[target + p * padded] = from[at + p * pStep];
        }
      }
    }
    for (int q = width; q < padded; q++) {
      for (int p = 0; p < depth; p++) {
        to[toAt + p * padded + q] = 0f;
      }
    }
  }
}
