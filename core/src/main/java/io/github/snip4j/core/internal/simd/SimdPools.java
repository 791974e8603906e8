package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.PoolKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link PoolKernels} with a vector of the run in a register over all taps.
 *
 * <p>Implementation note: the gradient goes from tap to tap with what has found no place yet: it is
 * added where the tap has the maximum, and 0 from then on.
 */
final class SimdPools implements PoolKernels {
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  private final PoolKernels plain;

  /**
   * @param plain does the runs that are shorter than a vector
   */
  SimdPools(PoolKernels plain) {
    this.plain = plain;
  }

  @Override
  public void max(
      int run, int windows, int[] offsets, int[] starts, float[] x, int xAt, float[] y, int yAt) {
    if (run < LANES) {
      plain.max(run, windows, offsets, starts, x, xAt, y, yAt);
      return;
    }
    for (int t = 0; t < windows; t++) {
      for (int i = 0; i < run; i += LANES) {
        int at = Math.min(i, run - LANES); // the last lies over part of the one before
        maxOfVector(offsets, starts[t], starts[t + 1], x, xAt + at, y, yAt + t * run + at);
      }
    }
  }

  private static void maxOfVector(
      int[] offsets, int from, int to, float[] x, int xAt, float[] y, int yAt) {
    FloatVector largest = FloatVector.fromArray(SPECIES, x, xAt + offsets[from]);
    for (int k = from + 1; k < to; k++) {
      largest = FloatVector.fromArray(SPECIES, x, xAt + offsets[k]).max(largest);
    }
    FLOATS.cast(largest).intoArray(y, yAt);
  }

  @Override
  public void maxGradient(
      int run,
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt) {
    int whole = run - run % LANES;
    for (int i = 0; i < whole; i += LANES) {
      gradientOfVector(offsets, from, to, x, xAt + i, y, yAt + i, dy, dyAt + i, dx, dxAt + i);
    }
    plain.maxGradient(
        run - whole,
        offsets,
        from,
        to,
        x,
        xAt + whole,
        y,
        yAt + whole,
        dy,
        dyAt + whole,
        dx,
        dxAt + whole);
  }

  private static void gradientOfVector(
      int[] offsets,
      int from,
      int to,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt) {
    FloatVector largest = FloatVector.fromArray(SPECIES, y, yAt);
    FloatVector left = FloatVector.fromArray(SPECIES, dy, dyAt);
    for (int k = from; k < to; k++) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + offsets[k]);
      // Equal, or both NaN: where the largest is a number, no tap is NaN.
      VectorMask<Float> here =
          v.compare(VectorOperators.EQ, largest).or(v.compare(VectorOperators.NE, v));
      int at = dxAt + offsets[k];
      FLOATS
          .cast(FloatVector.fromArray(SPECIES, dx, at).add(ZERO.blend(left, here)))
          .intoArray(dx, at);
      left = left.blend(ZERO, here);
    }
  }
}
