package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;

/** Lays a matrix out in the order in which tiles read it. */
final class PanelPacking {
  private PanelPacking() {}

  /** Rows of A, from {@code row} on, in strips for a tile: columns p .. p+depth of them. */
  static void strips(Operand a, int row, int rows, int p, int depth, float[] to, int toAt) {
    for (int r = 0; r < rows; r += IndirectGemmKernels.MR) {
      int width = Math.min(IndirectGemmKernels.MR, rows - r);
      int from = a.position(row + r, p);
      int at = toAt + r * depth;
      strip(a.data, from, a.columnStep, a.rowStep, depth, width, IndirectGemmKernels.MR, to, at);
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
      int q = 0;
      for (; q + 8 <= width; q += 8) {
        eight(from, fromAt + q * qStep, pStep, qStep, depth, padded, to, toAt + q);
      }
      for (; q < width; q++) {
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

  /** Eight of them side by side: each is read in order, and each line written once or twice. */
  private static void eight(
      float[] from, int at, int pStep, int qStep, int depth, int padded, float[] to, int toAt) {
    for (int p = 0; p < depth; p++) {
      to[toAt] = from[at];
      to[toAt + 1] = from[at + qStep];
      to[toAt + 2] = from[at + 2 * qStep];
      to[toAt + 3] = from[at + 3 * qStep];
      to[toAt + 4] = from[at + 4 * qStep];
      to[toAt + 5] = from[at + 5 * qStep];
      to[toAt + 6] = from[at + 6 * qStep];
      to[toAt + 7] = from[at + 7 * qStep];
      toAt += padded;
      at += pStep;
    }
  }
}
