package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse#addDots}: four runs of two vectors. */
final class SddmmMicroKernel4x2 {
  private SddmmMicroKernel4x2() {}

  /** sums[k] += Σ u x[offsets[k]] over the runs, lane by lane. */
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
    int u2 = u1 + uStep;
    int u3 = u2 + uStep;
    FloatVector u00 = FloatVector.fromArray(SPECIES, u, uAt);
    FloatVector u01 = FloatVector.fromArray(SPECIES, u, uAt + LANES);
    FloatVector u10 = FloatVector.fromArray(SPECIES, u, u1);
    FloatVector u11 = FloatVector.fromArray(SPECIES, u, u1 + LANES);
    FloatVector u20 = FloatVector.fromArray(SPECIES, u, u2);
    FloatVector u21 = FloatVector.fromArray(SPECIES, u, u2 + LANES);
    FloatVector u30 = FloatVector.fromArray(SPECIES, u, u3);
    FloatVector u31 = FloatVector.fromArray(SPECIES, u, u3 + LANES);
    for (int k = from; k < to; k++) {
      int x0 = xAt + offsets[k];
      int x1 = x0 + xStep;
      int x2 = x1 + xStep;
      int x3 = x2 + xStep;
      FloatVector s = FloatVector.fromArray(SPECIES, sums, sumsAt);
      FloatVector t = u00.mul(FloatVector.fromArray(SPECIES, x, x0));
      s = u01.fma(FloatVector.fromArray(SPECIES, x, x0 + LANES), s);
      t = u10.fma(FloatVector.fromArray(SPECIES, x, x1), t);
      s = u11.fma(FloatVector.fromArray(SPECIES, x, x1 + LANES), s);
      t = u20.fma(FloatVector.fromArray(SPECIES, x, x2), t);
      s = u21.fma(FloatVector.fromArray(SPECIES, x, x2 + LANES), s);
      t = u30.fma(FloatVector.fromArray(SPECIES, x, x3), t);
      s = u31.fma(FloatVector.fromArray(SPECIES, x, x3 + LANES), s);
      FLOATS.cast(s.add(t)).intoArray(sums, sumsAt);
      sumsAt += LANES;
    }
  }
}
