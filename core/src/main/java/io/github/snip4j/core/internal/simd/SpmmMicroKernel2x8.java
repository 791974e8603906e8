package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * One row of {@link SimdSparse#runs} over two runs of eight vectors each. Sixteen sums that do not
 * wait for each other hide what eight leave open, and a value is read once for both runs; half of
 * AVX-512's registers.
 */
final class SpmmMicroKernel2x8 {
  private SpmmMicroKernel2x8() {}

  /**
   * y = start + Σ<sub>k</sub> values[k] x[offsets[k]], for both runs.
   *
   * @param start what is added to, {@code startStep} apart; may be y
   */
  static void multiply(
      float[] start,
      int startAt,
      int startStep,
      float[] values,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      int xStep,
      float[] y,
      int yAt,
      int yStep) {
    int s1 = startAt + startStep;
    int y1 = yAt + yStep;
    FloatVector y00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector y01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector y02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    FloatVector y03 = FloatVector.fromArray(SPECIES, start, startAt + 3 * LANES);
    FloatVector y04 = FloatVector.fromArray(SPECIES, start, startAt + 4 * LANES);
    FloatVector y05 = FloatVector.fromArray(SPECIES, start, startAt + 5 * LANES);
    FloatVector y06 = FloatVector.fromArray(SPECIES, start, startAt + 6 * LANES);
    FloatVector y07 = FloatVector.fromArray(SPECIES, start, startAt + 7 * LANES);
    FloatVector y10 = FloatVector.fromArray(SPECIES, start, s1);
    FloatVector y11 = FloatVector.fromArray(SPECIES, start, s1 + LANES);
    FloatVector y12 = FloatVector.fromArray(SPECIES, start, s1 + 2 * LANES);
    FloatVector y13 = FloatVector.fromArray(SPECIES, start, s1 + 3 * LANES);
    FloatVector y14 = FloatVector.fromArray(SPECIES, start, s1 + 4 * LANES);
    FloatVector y15 = FloatVector.fromArray(SPECIES, start, s1 + 5 * LANES);
    FloatVector y16 = FloatVector.fromArray(SPECIES, start, s1 + 6 * LANES);
    FloatVector y17 = FloatVector.fromArray(SPECIES, start, s1 + 7 * LANES);
    for (int k = from; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      int x0 = xAt + offsets[k];
      int x1 = x0 + xStep;
      y00 = v.fma(FloatVector.fromArray(SPECIES, x, x0), y00);
      y01 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + LANES), y01);
      y02 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + 2 * LANES), y02);
      y03 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + 3 * LANES), y03);
      y04 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + 4 * LANES), y04);
      y05 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + 5 * LANES), y05);
      y06 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + 6 * LANES), y06);
      y07 = v.fma(FloatVector.fromArray(SPECIES, x, x0 + 7 * LANES), y07);
      y10 = v.fma(FloatVector.fromArray(SPECIES, x, x1), y10);
      y11 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + LANES), y11);
      y12 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + 2 * LANES), y12);
      y13 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + 3 * LANES), y13);
      y14 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + 4 * LANES), y14);
      y15 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + 5 * LANES), y15);
      y16 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + 6 * LANES), y16);
      y17 = v.fma(FloatVector.fromArray(SPECIES, x, x1 + 7 * LANES), y17);
    }
    FLOATS.cast(y00).intoArray(y, yAt);
    FLOATS.cast(y01).intoArray(y, yAt + LANES);
    FLOATS.cast(y02).intoArray(y, yAt + 2 * LANES);
    FLOATS.cast(y03).intoArray(y, yAt + 3 * LANES);
    FLOATS.cast(y04).intoArray(y, yAt + 4 * LANES);
    FLOATS.cast(y05).intoArray(y, yAt + 5 * LANES);
    FLOATS.cast(y06).intoArray(y, yAt + 6 * LANES);
    FLOATS.cast(y07).intoArray(y, yAt + 7 * LANES);
    FLOATS.cast(y10).intoArray(y, y1);
    FLOATS.cast(y11).intoArray(y, y1 + LANES);
    FLOATS.cast(y12).intoArray(y, y1 + 2 * LANES);
    FLOATS.cast(y13).intoArray(y, y1 + 3 * LANES);
    FLOATS.cast(y14).intoArray(y, y1 + 4 * LANES);
    FLOATS.cast(y15).intoArray(y, y1 + 5 * LANES);
    FLOATS.cast(y16).intoArray(y, y1 + 6 * LANES);
    FLOATS.cast(y17).intoArray(y, y1 + 7 * LANES);
  }
}
