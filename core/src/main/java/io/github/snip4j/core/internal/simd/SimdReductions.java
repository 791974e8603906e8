package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.ReductionKernels;
import jdk.incubator.vector.FloatVector;

/**
 * {@link ReductionKernels} with four vectors of sums per block, which are added up lane by lane in
 * double, in a written-out order.
 */
final class SimdReductions implements ReductionKernels {
  private static final int STEP = 4 * LANES;
  private static final int HALF = 2 * LANES;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[STEP]);

  private final ReductionKernels plain;

  /**
   * @param plain does the end of a run
   */
  SimdReductions(ReductionKernels plain) {
    this.plain = plain;
  }

  @Override
  public double sum(int n, float[] x, int xAt) {
    int whole = n - n % STEP;
    float[] lanes = SCRATCH.get();
    double sum = 0;
    for (int i = 0; i < whole; i += BLOCK) {
      sumBlock(x, xAt + i, xAt + Math.min(i + BLOCK, whole), lanes);
      sum += plain.sum(STEP, lanes, 0);
    }
    return sum + plain.sum(n - whole, x, xAt + whole);
  }

  private static void sumBlock(float[] x, int from, int to, float[] lanes) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += STEP) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
    }
    FLOATS.cast(s0).intoArray(lanes, 0);
    FLOATS.cast(s1).intoArray(lanes, LANES);
    FLOATS.cast(s2).intoArray(lanes, 2 * LANES);
    FLOATS.cast(s3).intoArray(lanes, 3 * LANES);
  }

  @Override
  public void deviations(int n, float mean, float[] x, int xAt, double[] sums) {
    int whole = n - n % STEP;
    float[] lanes = SCRATCH.get();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < whole; i += BLOCK) {
      deviationBlock(mean, x, xAt + i, xAt + Math.min(i + BLOCK, whole), lanes);
      sum += plain.sum(HALF, lanes, 0);
      squares += plain.sum(HALF, lanes, HALF);
    }
    if (!(squares < Float.MAX_VALUE)) { // squares of floats need not be floats
      plain.deviations(n, mean, x, xAt, sums);
      return;
    }
    plain.deviations(n - whole, mean, x, xAt + whole, sums);
    sums[0] += sum;
    sums[1] += squares;
  }

  private static void deviationBlock(float mean, float[] x, int from, int to, float[] lanes) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector q0 = FloatVector.zero(SPECIES);
    FloatVector q1 = FloatVector.zero(SPECIES);
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    for (int i = from; i < to; i += HALF) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, i).sub(means);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, i + LANES).sub(means);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
    }
    FLOATS.cast(s0).intoArray(lanes, 0);
    FLOATS.cast(s1).intoArray(lanes, LANES);
    FLOATS.cast(q0).intoArray(lanes, HALF);
    FLOATS.cast(q1).intoArray(lanes, HALF + LANES);
  }

  @Override
  public double dot(int n, float mean, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % STEP;
    float[] lanes = SCRATCH.get();
    double sum = 0;
    for (int i = 0; i < whole; i += BLOCK) {
      dotBlock(Math.min(BLOCK, whole - i), mean, x, xAt + i, y, yAt + i, lanes);
      sum += plain.sum(STEP, lanes, 0);
    }
    return sum + plain.dot(n - whole, mean, x, xAt + whole, y, yAt + whole);
  }

  private static void dotBlock(
      int n, float mean, float[] x, int xAt, float[] y, int yAt, float[] lanes) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    for (int i = 0; i < n; i += STEP) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, x, xAt + i).sub(means);
      FloatVector d1 = FloatVector.fromArray(SPECIES, x, xAt + i + LANES).sub(means);
      FloatVector d2 = FloatVector.fromArray(SPECIES, x, xAt + i + 2 * LANES).sub(means);
      FloatVector d3 = FloatVector.fromArray(SPECIES, x, xAt + i + 3 * LANES).sub(means);
      s0 = d0.fma(FloatVector.fromArray(SPECIES, y, yAt + i), s0);
      s1 = d1.fma(FloatVector.fromArray(SPECIES, y, yAt + i + LANES), s1);
      s2 = d2.fma(FloatVector.fromArray(SPECIES, y, yAt + i + 2 * LANES), s2);
      s3 = d3.fma(FloatVector.fromArray(SPECIES, y, yAt + i + 3 * LANES), s3);
    }
    FLOATS.cast(s0).intoArray(lanes, 0);
    FLOATS.cast(s1).intoArray(lanes, LANES);
    FLOATS.cast(s2).intoArray(lanes, 2 * LANES);
    FLOATS.cast(s3).intoArray(lanes, 3 * LANES);
  }
}
