package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse#rows}, two vectors wide: a slice of a recurrent cell. */
final class SpmmRowMicroKernel2 {
  private SpmmRowMicroKernel2() {}

  /**
   * y = start + Σ<sub>k</sub> values[k] x[offsets[k]].
   *
   * @param start of each element
   */
  static void multiply(
      float start,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt) {
    FloatVector y0 = FloatVector.broadcast(SPECIES, start);
    FloatVector y1 = y0;
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
        y1 = v.fma(FloatVector.fromArray(SPECIES, x, p + LANES), y1);
        z0 = w.fma(FloatVector.fromArray(SPECIES, x, q), z0);
        z1 = w.fma(FloatVector.fromArray(SPECIES, x, q + LANES), z1);
      }
      y0 = y0.add(z0);
      y1 = y1.add(z1);
    }
    for (; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      int at = xAt + offsets[k];
      y0 = v.fma(FloatVector.fromArray(SPECIES, x, at), y0);
      y1 = v.fma(FloatVector.fromArray(SPECIES, x, at + LANES), y1);
    }
    FLOATS.cast(y0).intoArray(y, yAt);
    FLOATS.cast(y1).intoArray(y, yAt + LANES);
  }
}
