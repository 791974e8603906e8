package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link StridedMicroKernel8x3} where the weights of eight rows lie side by side. */
final class TransposedMicroKernel8x3 {
  private TransposedMicroKernel8x3() {}

  /**
   * C = start + a sum of so many terms; otherwise as {@link StridedMicroKernel8x3#multiply}.
   *
   * @param w the weight of row r for term p is at {@code wAt + p*wTerm + r}
   */
  static void multiply(
      float[] w,
      int wAt,
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
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c10 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c11 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c20 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c21 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c30 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c31 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c40 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c41 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c50 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c51 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c52 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c60 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c61 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c62 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    startAt += startStep;
    FloatVector c70 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c71 = FloatVector.fromArray(SPECIES, start, startAt + LANES);
    FloatVector c72 = FloatVector.fromArray(SPECIES, start, startAt + 2 * LANES);
    for (int p = 0; p < terms; p++) {
      int at = xAt + p * StridedMicroKernel8x3.COLUMNS;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
      c00 = w0.fma(x0, c00);
      c01 = w0.fma(x1, c01);
      c02 = w0.fma(x2, c02);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
      c10 = w1.fma(x0, c10);
      c11 = w1.fma(x1, c11);
      c12 = w1.fma(x2, c12);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
      c20 = w2.fma(x0, c20);
      c21 = w2.fma(x1, c21);
      c22 = w2.fma(x2, c22);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
      c30 = w3.fma(x0, c30);
      c31 = w3.fma(x1, c31);
      c32 = w3.fma(x2, c32);
      FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + 4]);
      c40 = w4.fma(x0, c40);
      c41 = w4.fma(x1, c41);
      c42 = w4.fma(x2, c42);
      FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + 5]);
      c50 = w5.fma(x0, c50);
      c51 = w5.fma(x1, c51);
      c52 = w5.fma(x2, c52);
      FloatVector w6 = FloatVector.broadcast(SPECIES, w[wAt + 6]);
      c60 = w6.fma(x0, c60);
      c61 = w6.fma(x1, c61);
      c62 = w6.fma(x2, c62);
      FloatVector w7 = FloatVector.broadcast(SPECIES, w[wAt + 7]);
      c70 = w7.fma(x0, c70);
      c71 = w7.fma(x1, c71);
      c72 = w7.fma(x2, c72);
      wAt += wTerm;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c10.intoArray(c, cAt);
    c11.intoArray(c, cAt + LANES);
    c12.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c20.intoArray(c, cAt);
    c21.intoArray(c, cAt + LANES);
    c22.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c30.intoArray(c, cAt);
    c31.intoArray(c, cAt + LANES);
    c32.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c40.intoArray(c, cAt);
    c41.intoArray(c, cAt + LANES);
    c42.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c50.intoArray(c, cAt);
    c51.intoArray(c, cAt + LANES);
    c52.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c60.intoArray(c, cAt);
    c61.intoArray(c, cAt + LANES);
    c62.intoArray(c, cAt + 2 * LANES);
    cAt += cStep;
    c70.intoArray(c, cAt);
    c71.intoArray(c, cAt + LANES);
    c72.intoArray(c, cAt + 2 * LANES);
  }
}
