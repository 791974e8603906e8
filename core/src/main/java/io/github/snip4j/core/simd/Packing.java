package io.github.snip4j.core.simd;

/** Lays a strip of a matrix out in the order in which a tile reads it. */
final class Packing {
  private Packing() {}

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
