package io.github.snip4j.core.simd;

import static io.github.snip4j.core.simd.Lanes.LANES;
import static io.github.snip4j.core.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** One row of {@link SimdSparse}, 8 vectors wide. */
final class SparseTile8 {
  private SparseTile8() {}

  /**
   * As {@link io.github.snip4j.core.backend.SparseKernels#row}.
   *
   * @param last where the last vector starts, relative to {@code xAt} and {@code yAt}: it may lie
   *     over part of the one before
   */
  static void multiply(
      int last,
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
    FloatVector y1 = FloatVector.broadcast(SPECIES, start);
    FloatVector y2 = FloatVector.broadcast(SPECIES, start);
    FloatVector y3 = FloatVector.broadcast(SPECIES, start);
    FloatVector y4 = FloatVector.broadcast(SPECIES, start);
    FloatVector y5 = FloatVector.broadcast(SPECIES, start);
    FloatVector y6 = FloatVector.broadcast(SPECIES, start);
    FloatVector y7 = FloatVector.broadcast(SPECIES, start);
    for (int k = from; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      int at = xAt + offsets[k];
      y0 = v.fma(FloatVector.fromArray(SPECIES, x, at), y0);
      y1 = v.fma(FloatVector.fromArray(SPECIES, x, at + LANES), y1);
      y2 = v.fma(FloatVector.fromArray(SPECIES, x, at + 2 * LANES), y2);
      y3 = v.fma(FloatVector.fromArray(SPECIES, x, at + 3 * LANES), y3);
      y4 = v.fma(FloatVector.fromArray(SPECIES, x, at + 4 * LANES), y4);
      y5 = v.fma(FloatVector.fromArray(SPECIES, x, at + 5 * LANES), y5);
      y6 = v.fma(FloatVector.fromArray(SPECIES, x, at + 6 * LANES), y6);
      y7 = v.fma(FloatVector.fromArray(SPECIES, x, at + last), y7);
    }
    y0.intoArray(y, yAt);
    y1.intoArray(y, yAt + LANES);
    y2.intoArray(y, yAt + 2 * LANES);
    y3.intoArray(y, yAt + 3 * LANES);
    y4.intoArray(y, yAt + 4 * LANES);
    y5.intoArray(y, yAt + 5 * LANES);
    y6.intoArray(y, yAt + 6 * LANES);
    y7.intoArray(y, yAt + last);
  }

  /** As {@link io.github.snip4j.core.backend.SparseKernels#addRow}, for eight vectors. */
  static void add(
      float[] values, int[] offsets, int from, int to, float[] x, int xAt, float[] y, int yAt) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
    FloatVector y1 = FloatVector.fromArray(SPECIES, y, yAt + LANES);
    FloatVector y2 = FloatVector.fromArray(SPECIES, y, yAt + 2 * LANES);
    FloatVector y3 = FloatVector.fromArray(SPECIES, y, yAt + 3 * LANES);
    FloatVector y4 = FloatVector.fromArray(SPECIES, y, yAt + 4 * LANES);
    FloatVector y5 = FloatVector.fromArray(SPECIES, y, yAt + 5 * LANES);
    FloatVector y6 = FloatVector.fromArray(SPECIES, y, yAt + 6 * LANES);
    FloatVector y7 = FloatVector.fromArray(SPECIES, y, yAt + 7 * LANES);
    for (int k = from; k < to; k++) {
      FloatVector v = FloatVector.broadcast(SPECIES, values[k]);
      int at = xAt + offsets[k];
      y0 = v.fma(FloatVector.fromArray(SPECIES, x, at), y0);
      y1 = v.fma(FloatVector.fromArray(SPECIES, x, at + LANES), y1);
      y2 = v.fma(FloatVector.fromArray(SPECIES, x, at + 2 * LANES), y2);
      y3 = v.fma(FloatVector.fromArray(SPECIES, x, at + 3 * LANES), y3);
      y4 = v.fma(FloatVector.fromArray(SPECIES, x, at + 4 * LANES), y4);
      y5 = v.fma(FloatVector.fromArray(SPECIES, x, at + 5 * LANES), y5);
      y6 = v.fma(FloatVector.fromArray(SPECIES, x, at + 6 * LANES), y6);
      y7 = v.fma(FloatVector.fromArray(SPECIES, x, at + 7 * LANES), y7);
    }
    y0.intoArray(y, yAt);
    y1.intoArray(y, yAt + LANES);
    y2.intoArray(y, yAt + 2 * LANES);
    y3.intoArray(y, yAt + 3 * LANES);
    y4.intoArray(y, yAt + 4 * LANES);
    y5.intoArray(y, yAt + 5 * LANES);
    y6.intoArray(y, yAt + 6 * LANES);
    y7.intoArray(y, yAt + 7 * LANES);
  }
}
