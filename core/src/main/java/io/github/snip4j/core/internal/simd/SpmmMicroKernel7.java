package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse}, seven vectors wide. */
final class SpmmMicroKernel7 {
  private SpmmMicroKernel7() {}

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
    FloatVector y1 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector y2 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector y3 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    FloatVector y4 = FloatVector.fromArray(SPECIES, start, startAt + 4 * LANES);
    FloatVector y5 = FloatVector.fromArray(SPECIES, start, startAt + 5 * LANES);
    FloatVector y6 = FloatVector.fromArray(SPECIES, start, startAt + last);
    for (int k = from; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      int at = xAt + offsets[k];
      y0 = v.fma(FloatVector.fromArray(SPECIES, x, at), y0);
      y1 = v.fma(FloatVector.fromArray(SPECIES, x, at + LANES), y1);
      y2 = v.fma(FloatVector.fromArray(SPECIES, x, at + 2 * LANES), y2);
      y3 = v.fma(FloatVector.fromArray(SPECIES, x, at + 3 * LANES), y3);
      y4 = v.fma(FloatVector.fromArray(SPECIES, x, at + 4 * LANES), y4);
      y5 = v.fma(FloatVector.fromArray(SPECIES, x, at + 5 * LANES), y5);
      y6 = v.fma(FloatVector.fromArray(SPECIES, x, at + last), y6);
    }
    FLOATS.cast(y0).intoArray(y, yAt);
    FLOATS.cast(y1).intoArray(y, yAt + LANES);
    FLOATS.cast(y2).intoArray(y, yAt + 2 * LANES);
    FLOATS.cast(y3).intoArray(y, yAt + 3 * LANES);
    FLOATS.cast(y4).intoArray(y, yAt + 4 * LANES);
    FLOATS.cast(y5).intoArray(y, yAt + 5 * LANES);
    FLOATS.cast(y6).intoArray(y, yAt + last);
  }
}
