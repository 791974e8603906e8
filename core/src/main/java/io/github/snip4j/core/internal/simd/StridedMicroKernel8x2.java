package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link MicroKernel8x2} with weights that are read where they lie, in rows. Packing them took
 * longer than it saves where they meet a batch of a hundred examples.
 *
 * <p>Implementation note: places are the loop's variable times a constant, plus what does not
 * change. So C2 checks all bounds before the loop, and needs one register for each row; with a step
 * of its own for the weights it took 25 % longer in a Java with the garbage collector G1, whose
 * loops are made to be stopped.
 */
final class StridedMicroKernel8x2 {
  private StridedMicroKernel8x2() {}

  /**
   * C = start + a sum of so many terms; otherwise as {@link MicroKernel8x2#multiply}.
   *
   * @param w the weight of row r for term p is at {@code wAt + r*wRow + p}
   * @param x packed {@code [terms][COLUMNS]} from {@code xAt}
   */
  static void multiply(
      float[] w,
      int wAt,
      int wRow,
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
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c60 = FloatVector.zero(SPECIES);
    FloatVector c61 = FloatVector.zero(SPECIES);
    FloatVector c70 = FloatVector.zero(SPECIES);
    FloatVector c71 = FloatVector.zero(SPECIES);
    int w1At = wAt + wRow;
    int w2At = w1At + wRow;
    int w3At = w2At + wRow;
    int w4At = w3At + wRow;
    int w5At = w4At + wRow;
    int w6At = w5At + wRow;
    int w7At = w6At + wRow;
    for (int p = 0; p < terms; p++) {
      int at = xAt + p * MicroKernel8x2.COLUMNS;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + p]);
      c00 = w0.fma(x0, c00);
      c01 = w0.fma(x1, c01);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[w1At + p]);
      c10 = w1.fma(x0, c10);
      c11 = w1.fma(x1, c11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[w2At + p]);
      c20 = w2.fma(x0, c20);
      c21 = w2.fma(x1, c21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[w3At + p]);
      c30 = w3.fma(x0, c30);
      c31 = w3.fma(x1, c31);
      FloatVector w4 = FloatVector.broadcast(SPECIES, w[w4At + p]);
      c40 = w4.fma(x0, c40);
      c41 = w4.fma(x1, c41);
      FloatVector w5 = FloatVector.broadcast(SPECIES, w[w5At + p]);
      c50 = w5.fma(x0, c50);
      c51 = w5.fma(x1, c51);
      FloatVector w6 = FloatVector.broadcast(SPECIES, w[w6At + p]);
      c60 = w6.fma(x0, c60);
      c61 = w6.fma(x1, c61);
      FloatVector w7 = FloatVector.broadcast(SPECIES, w[w7At + p]);
      c70 = w7.fma(x0, c70);
      c71 = w7.fma(x1, c71);
    }
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c00)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c01))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c10)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c11))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c20)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c21))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c30)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c31))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c40)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c41))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c50)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c51))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c60)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c61))
        .intoArray(c, cAt + LANES);
    startAt += startStep;
    cAt += cStep;
    FLOATS.cast(FloatVector.fromArray(SPECIES, start, startAt).add(c70)).intoArray(c, cAt);
    FLOATS
        .cast(FloatVector.fromArray(SPECIES, start, startAt + LANES).add(c71))
        .intoArray(c, cAt + LANES);
  }
}
