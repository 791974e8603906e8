package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse}, two vectors wide. */
final class SpmmMicroKernel2 {
  private SpmmMicroKernel2() {}

  /**
   * y = start + Σ<sub>k</sub> values[k] x[offsets[k]].
   *
   * @param last where the last vector begins, relative to the first: it may lie over part of the
   *     one before
   * @param start what is added to; may be y
   */
  static void multiply(
      int last,
      float[] start,
      int startAt,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector y1 = FloatVector.fromArray(SPECIES, start, startAt + last);
    int k = from;
    if (to - from > 3) {
      FloatVector z0 = FloatVector.zero(SPECIES); // two more sums: fewer wait for each other
      FloatVector z1 = FloatVector.zero(SPECIES);
      for (; k + 1 < to; k += 2) {
        FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
        FloatVector w = FloatVector.broadcast(SPECIES, values[k + 1]);
        int p = xAt + offsets[k];
        int q = xAt + offsets[k + 1];
        y0 = v.fma(FloatVector.fromArray(SPECIES, x, p), y0);
        y1 = v.fma(FloatVector.fromArray(SPECIES, x, p + last), y1);
        z0 = w.fma(FloatVector.fromArray(SPECIES, x, q), z0);
        z1 = w.fma(FloatVector.fromArray(SPECIES, x, q + last), z1);
      }
      y0 = y0.add(z0);
      y1 = y1.add(z1);
    }
    for (; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      int at = xAt + offsets[k];
      y0 = v.fma(FloatVector.fromArray(SPECIES, x, at), y0);
      y1 = v.fma(FloatVector.fromArray(SPECIES, x, at + last), y1);
    }
    FLOATS.cast(y0).intoArray(y, yAt);
    FLOATS.cast(y1).intoArray(y, yAt + last);
  }
}
