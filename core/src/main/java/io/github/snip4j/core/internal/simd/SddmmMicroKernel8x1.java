package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse#addDots}: eight runs of one vector. */
final class SddmmMicroKernel8x1 {
  private SddmmMicroKernel8x1() {}

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
    int at4 = uAt + 4 * uStep;
    FloatVector u0 = FloatVector.fromArray(SPECIES, u, uAt);
    FloatVector u1 = FloatVector.fromArray(SPECIES, u, uAt + uStep);
    FloatVector u2 = FloatVector.fromArray(SPECIES, u, uAt + 2 * uStep);
    FloatVector u3 = FloatVector.fromArray(SPECIES, u, uAt + 3 * uStep);
    FloatVector u4 = FloatVector.fromArray(SPECIES, u, at4);
    FloatVector u5 = FloatVector.fromArray(SPECIES, u, at4 + uStep);
    FloatVector u6 = FloatVector.fromArray(SPECIES, u, at4 + 2 * uStep);
    FloatVector u7 = FloatVector.fromArray(SPECIES, u, at4 + 3 * uStep);
    for (int k = from; k < to; k++) {
      int x0 = xAt + offsets[k];
      int x4 = x0 + 4 * xStep;
      FloatVector s = FloatVector.fromArray(SPECIES, sums, sumsAt);
      FloatVector t = u0.mul(FloatVector.fromArray(SPECIES, x, x0));
      s = u1.fma(FloatVector.fromArray(SPECIES, x, x0 + xStep), s);
      t = u2.fma(FloatVector.fromArray(SPECIES, x, x0 + 2 * xStep), t);
      s = u3.fma(FloatVector.fromArray(SPECIES, x, x0 + 3 * xStep), s);
      t = u4.fma(FloatVector.fromArray(SPECIES, x, x4), t);
      s = u5.fma(FloatVector.fromArray(SPECIES, x, x4 + xStep), s);
      t = u6.fma(FloatVector.fromArray(SPECIES, x, x4 + 2 * xStep), t);
      s = u7.fma(FloatVector.fromArray(SPECIES, x, x4 + 3 * xStep), s);
      FLOATS.cast(s.add(t)).intoArray(sums, sumsAt);
      sumsAt += LANES;
    }
  }
}
