package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse#rows}, one vector wide: a narrow slice of a recurrent cell. */
final class SpmmRowMicroKernel1 {
  private SpmmRowMicroKernel1() {}

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
    int k = from;
    if (to - from > 3) {
      FloatVector z0 = FloatVector.zero(SPECIES); // another sum: fewer wait for each other
      for (; k + 1 < to; k += 2) {
        FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
        FloatVector w = FloatVector.broadcast(SPECIES, values[k + 1]);
        y0 = v.fma(FloatVector.fromArray(SPECIES, x, xAt + offsets[k]), y0);
        z0 = w.fma(FloatVector.fromArray(SPECIES, x, xAt + offsets[k + 1]), z0);
      }
      y0 = y0.add(z0);
    }
    for (; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      y0 = v.fma(FloatVector.fromArray(SPECIES, x, xAt + offsets[k]), y0);
    }
    FLOATS.cast(y0).intoArray(y, yAt);
  }
}
