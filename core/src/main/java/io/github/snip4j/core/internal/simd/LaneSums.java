package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.LANES;

/**
 * Sums that are spread over the lanes of a vector, as one number each: halves of the lanes are
 * added to each other until one is left.
 *
 * <p>Implementation note: in plain Java, as {@code reduceLanes} leaves its order open and its bits
 * change when the JIT compiler comes. Eight additions at a time do not wait for each other; a tree
 * of shuffled vectors was no faster, and took seconds until it was compiled.
 */
final class LaneSums {
  private LaneSums() {}

  /** Adds up lanes: {@link io.github.snip4j.core.internal.backend.SparseKernels#addUp}. */
  static void addUp(int count, float[] sums, int sumsAt, float[] to, int toAt) {
    for (int q = 0; q < count; q++) {
      int at = sumsAt + q * LANES;
      to[toAt + q] = LANES == 16 ? sixteen(sums, at) : LANES == 8 ? eight(sums, at) : any(sums, at);
    }
  }

  private static float sixteen(float[] s, int at) {
    float s0 = (s[at] + s[at + 8]) + (s[at + 4] + s[at + 12]);
    float s1 = (s[at + 1] + s[at + 9]) + (s[at + 5] + s[at + 13]);
    float s2 = (s[at + 2] + s[at + 10]) + (s[at + 6] + s[at + 14]);
    float s3 = (s[at + 3] + s[at + 11]) + (s[at + 7] + s[at + 15]);
    return (s0 + s2) + (s1 + s3);
  }

  private static float eight(float[] s, int at) {
    return ((s[at] + s[at + 4]) + (s[at + 2] + s[at + 6]))
        + ((s[at + 1] + s[at + 5]) + (s[at + 3] + s[at + 7]));
  }

  private static float any(float[] s, int at) {
    float sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += s[at + lane];
    }
    return sum;
  }
}
