package io.github.snip4j.core.internal.backend;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;

/** Lays matrices out in the order in which kernels read them. All packing is done here. */
public final class PanelPacking {
  private PanelPacking() {}

  /**
   * Packs rows for {@link IndirectGemmKernels}: {@code [rows/8, depth, 8]}, the last panel filled
   * up with zeros.
   *
   * @param at where the first row begins
   * @param depth how many elements of each row
   */
  public static void panels(
      float[] from,
      int at,
      int rowStep,
      int columnStep,
      int rows,
      int depth,
      float[] to,
      int toAt) {
    for (int r = 0; r < rows; r += MR) {
      int width = Math.min(MR, rows - r);
      panel(from, at + r * rowStep, columnStep, rowStep, depth, width, MR, to, toAt + r * depth);
    }
  }

  /**
   * Packs one panel: {@link #transpose} to {@code [depth, padded]}, with 0 for q from {@code width}
   * to {@code padded}.
   */
  public static void panel(
      float[] from,
      int at,
      int pStep,
      int qStep,
      int depth,
      int width,
      int padded,
      float[] to,
      int toAt) {
    transpose(from, at, pStep, qStep, depth, width, to, toAt, padded);
    for (int q = width; q < padded; q++) {
      for (int p = 0; p < depth; p++) {
        to[toAt + p * padded + q] = 0f;
      }
    }
  }

  /**
   * {@code to[toAt + p*toStep + q] = from[at + p*pStep + q*qStep]} for p below {@code depth} and q
   * below {@code width}.
   */
  public static void transpose(
      float[] from,
      int at,
      int pStep,
      int qStep,
      int depth,
      int width,
      float[] to,
      int toAt,
      int toStep) {
    if (qStep == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(from, at + p * pStep, to, toAt + p * toStep, width);
      }
      return;
    }
    int q = 0;
    for (; q + 8 <= width; q += 8) {
      eight(from, at + q * qStep, pStep, qStep, depth, to, toAt + q, toStep);
    }
    for (; q < width; q++) {
      int source = at + q * qStep;
      int target = toAt + q;
      for (int p = 0; p < depth; p++) {
        to[target + p * toStep] = from[source + p * pStep];
      }
    }
  }

  /** Eight of them side by side: each is read in order, and each line written once or twice. */
  private static void eight(
      float[] from, int at, int pStep, int qStep, int depth, float[] to, int toAt, int toStep) {
    for (int p = 0; p < depth; p++) {
      to[toAt] = from[at];
      to[toAt + 1] = from[at + qStep];
      to[toAt + 2] = from[at + 2 * qStep];
      to[toAt + 3] = from[at + 3 * qStep];
      to[toAt + 4] = from[at + 4 * qStep];
      to[toAt + 5] = from[at + 5 * qStep];
      to[toAt + 6] = from[at + 6 * qStep];
      to[toAt + 7] = from[at + 7 * qStep];
      toAt += toStep;
      at += pStep;
    }
  }
}
