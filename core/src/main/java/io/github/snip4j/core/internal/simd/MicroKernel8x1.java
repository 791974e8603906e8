package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import jdk.incubator.vector.FloatVector;

/** {@link MicroKernel8x2} one vector wide, for the end of a run. */
final class MicroKernel8x1 {
  static final int COLUMNS = LANES;

  private MicroKernel8x1() {}

  /** C = start + a sum of products: {@link MicroKernel8x2#multiply} with half its columns. */
  static void multiply(
      float[] w,
      int wAt,
      int[] offsets,
      int from,
      int to,
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
    for (int p = from; p < to; p++) {
      int at = xAt + offsets[p];
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
      FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
      c00 = w0.fma(x0, c00);
      FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
      c10 = w1.fma(x0, c10);
      FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
      c20 = w2.fma(x0, c20);
      FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
      c30 = w3.fma(x0, c30);
      FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + 4]);
      c40 = w4.fma(x0, c40);
      FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + 5]);
      c50 = w5.fma(x0, c50);
      FloatVector w6 = FloatVector.broadcast(SPECIES, w[wAt + 6]);
      c60 = w6.fma(x0, c60);
      FloatVector w7 = FloatVector.broadcast(SPECIES, w[wAt + 7]);
      c70 = w7.fma(x0, c70);
      wAt += IndirectGemmKernels.MR;
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
