package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSddmm}, four vectors wide. */
final class SddmmMicroKernel4 {
  private SddmmMicroKernel4() {}

  /**
   * sums[k] = start[k] + u x[offsets[k]], lane by lane.
   *
   * @param last where the last vector begins, relative to the first: it may lie over part of the
   *     one before
   * @param ones 1 for each lane of the last vector that counts, 0 for those that lie over, from
   *     {@code onesAt}
   * @param start what is added to, {@code startStep} apart; may be the sums
   */
  static void multiply(
      int last,
      float[] ones,
      int onesAt,
      float[] u,
      int uAt,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] start,
      int startAt,
      int startStep,
      float[] sums,
      int sumsAt) {
    FloatVector u0 = FloatVector.fromArray(SPECIES, u, uAt);
    FloatVector u1 = FloatVector.fromArray(SPECIES, u, uAt + LANES);
    FloatVector u2 = FloatVector.fromArray(SPECIES, u, uAt + 2 * LANES);
    FloatVector u3 = FloatVector.fromArray(SPECIES, u, uAt + last);
    u3 = u3.mul(FloatVector.fromArray(SPECIES, ones, onesAt));
    for (int k = from; k < to; k++) {
      int at = xAt + offsets[k];
      FloatVector s = FloatVector.fromArray(SPECIES, start, startAt);
      FloatVector t = u0.mul(FloatVector.fromArray(SPECIES, x, at));
      s = u1.fma(FloatVector.fromArray(SPECIES, x, at + LANES), s);
      t = u2.fma(FloatVector.fromArray(SPECIES, x, at + 2 * LANES), t);
      s = u3.fma(FloatVector.fromArray(SPECIES, x, at + last), s);
      FLOATS.cast(s.add(t)).intoArray(sums, sumsAt);
      startAt += startStep;
      sumsAt += LANES;
    }
  }
}
