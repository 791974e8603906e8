package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link StridedMicroKernel8x2} one vector wide, for a batch as small as that. */
final class StridedMicroKernel8x1 {
  private StridedMicroKernel8x1() {}

  /**
   * C = start + a sum of so many terms; {@link StridedMicroKernel8x2#multiply} with half its
   * columns.
   *
   * @param w the weight of row r for term p is at {@code wAt + r*wRow + p*wTerm}
   */
  static void multiply(
      float[] w,
      int wAt,
      int wRow,
      int wTerm,
      int terms,
      float[] x,
      int xAt,
      float[] start,
      int startAt,
      int startStep,
      float[] c,
      int cAt,
      int cStep) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    int w1At = wAt + wRow;
    int w2At = w1At + wRow;
    int w3At = w2At + wRow;
    int w4At = w3At + wRow;
    int w5At = w4At + wRow;
    int w6At = w5At + wRow;
    int w7At = w6At + wRow;
    int term = 0;
    for (int p = 0; p < terms; p++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt + p * MicroKernel8x1.COLUMNS);
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + term]);
      c00 = w0.fma(x0, c00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[w1At + term]);
      c10 = w1.fma(x0, c10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[w2At + term]);
      c20 = w2.fma(x0, c20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[w3At + term]);
      c30 = w3.fma(x0, c30);
      FloatVector w4 = FloatVector.broadcast(SPECIES, w[w4At + term]);
      c40 = w4.fma(x0, c40);
      FloatVector w5 = FloatVector.broadcast(SPECIES, w[w5At + term]);
      c50 = w5.fma(x0, c50);
      FloatVector w6 = FloatVector.broadcast(SPECIES, w[w6At + term]);
      c60 = w6.fma(x0, c60);
      FloatVector w7 = FloatVector.broadcast(SPECIES, w[w7At + term]);
      c70 = w7.fma(x0, c70);
      term += wTerm;
    }
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c00)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c10)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c20)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c30)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c40)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c50)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c60)).intoArray(c, cAt);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c70)).intoArray(c, cAt);
  }
}
