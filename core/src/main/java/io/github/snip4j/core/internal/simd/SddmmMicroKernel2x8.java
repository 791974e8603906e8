package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse#addDots}: two runs of eight vectors. */
final class SddmmMicroKernel2x8 {
  private SddmmMicroKernel2x8() {}

  /** sums[k] += Σ u x[offsets[k]] over both runs, lane by lane. */
  static void add(
      float[] u,
      int uAt,
      int uStep,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] sums,
      int sumsAt) {
    int u1 = uAt + uStep;
    FloatVector u00 = FloatVector.fromArray(SPECIES, u, uAt);
    FloatVector u01 = FloatVector.fromArray(SPECIES, u, uAt + LANES);
    FloatVector u02 = FloatVector.fromArray(SPECIES, u, uAt + 2 * LANES);
    FloatVector u03 = FloatVector.fromArray(SPECIES, u, uAt + 3 * LANES);
    FloatVector u04 = FloatVector.fromArray(SPECIES, u, uAt + 4 * LANES);
    FloatVector u05 = FloatVector.fromArray(SPECIES, u, uAt + 5 * LANES);
    FloatVector u06 = FloatVector.fromArray(SPECIES, u, uAt + 6 * LANES);
    FloatVector u07 = FloatVector.fromArray(SPECIES, u, uAt + 7 * LANES);
    FloatVector u10 = FloatVector.fromArray(SPECIES, u, u1);
    FloatVector u11 = FloatVector.fromArray(SPECIES, u, u1 + LANES);
    FloatVector u12 = FloatVector.fromArray(SPECIES, u, u1 + 2 * LANES);
    FloatVector u13 = FloatVector.fromArray(SPECIES, u, u1 + 3 * LANES);
    FloatVector u14 = FloatVector.fromArray(SPECIES, u, u1 + 4 * LANES);
    FloatVector u15 = FloatVector.fromArray(SPECIES, u, u1 + 5 * LANES);
    FloatVector u16 = FloatVector.fromArray(SPECIES, u, u1 + 6 * LANES);
    FloatVector u17 = FloatVector.fromArray(SPECIES, u, u1 + 7 * LANES);
    for (int k = from; k < to; k++) {
      int x0 = xAt + offsets[k];
      int x1 = x0 + xStep;
      FloatVector s = FloatVector.fromArray(SPECIES, sums, sumsAt);
      FloatVector t = u00.mul(FloatVector.fromArray(SPECIES, x, x0));
      s = u01.fma(FloatVector.fromArray(SPECIES, x, x0 + LANES), s);
      t = u02.fma(FloatVector.fromArray(SPECIES, x, x0 + 2 * LANES), t);
      s = u03.fma(FloatVector.fromArray(SPECIES, x, x0 + 3 * LANES), s);
      t = u04.fma(FloatVector.fromArray(SPECIES, x, x0 + 4 * LANES), t);
      s = u05.fma(FloatVector.fromArray(SPECIES, x, x0 + 5 * LANES), s);
      t = u06.fma(FloatVector.fromArray(SPECIES, x, x0 + 6 * LANES), t);
      s = u07.fma(FloatVector.fromArray(SPECIES, x, x0 + 7 * LANES), s);
      t = u10.fma(FloatVector.fromArray(SPECIES, x, x1), t);
      s = u11.fma(FloatVector.fromArray(SPECIES, x, x1 + LANES), s);
      t = u12.fma(FloatVector.fromArray(SPECIES, x, x1 + 2 * LANES), t);
      s = u13.fma(FloatVector.fromArray(SPECIES, x, x1 + 3 * LANES), s);
      t = u14.fma(FloatVector.fromArray(SPECIES, x, x1 + 4 * LANES), t);
      s = u15.fma(FloatVector.fromArray(SPECIES, x, x1 + 5 * LANES), s);
      t = u16.fma(FloatVector.fromArray(SPECIES, x, x1 + 6 * LANES), t);
      s = u17.fma(FloatVector.fromArray(SPECIES, x, x1 + 7 * LANES), s);
      FLOATS.cast(s.add(t)).intoArray(sums, sumsAt);
      sumsAt += LANES;
    }
  }
}
