package io.github.snip4j.core.simd;

import static io.github.snip4j.core.backend.FloatMath.E2;
import static io.github.snip4j.core.backend.FloatMath.E3;
import static io.github.snip4j.core.backend.FloatMath.E4;
import static io.github.snip4j.core.backend.FloatMath.E5;
import static io.github.snip4j.core.backend.FloatMath.E6;
import static io.github.snip4j.core.backend.FloatMath.EXP_LEAST;
import static io.github.snip4j.core.backend.FloatMath.EXP_MOST;
import static io.github.snip4j.core.backend.FloatMath.LN2_HIGH;
import static io.github.snip4j.core.backend.FloatMath.LN2_LOW;
import static io.github.snip4j.core.backend.FloatMath.LOG2_E;
import static io.github.snip4j.core.backend.FloatMath.ROUNDER;
import static io.github.snip4j.core.backend.FloatMath.ROUNDER_BITS;
import static io.github.snip4j.core.backend.FloatMath.TANH_MOST;
import static io.github.snip4j.core.simd.Lanes.LANES;
import static io.github.snip4j.core.simd.Lanes.SPECIES;

import io.github.snip4j.core.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The exponential of {@link FloatMath} and what follows from it, step by step in vectors. */
final class SimdExp {
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);
  private static final FloatVector LEAST = FloatVector.broadcast(SPECIES, EXP_LEAST);

  private SimdExp() {}

  static void exp(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, xAt + i).max(EXP_LEAST).min(EXP_MOST);
      FloatVector t = c.mul(LOG2_E).add(ROUNDER);
      FloatVector e = t.sub(ROUNDER);
      FloatVector r = c.sub(e.mul(LN2_HIGH)).sub(e.mul(LN2_LOW));
      FloatVector q = r.mul(E6).add(E5).mul(r).add(E4).mul(r).add(E3).mul(r).add(E2);
      FloatVector p = r.mul(r).mul(q).add(r).add(1f);
      IntVector k = t.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = k.lanewise(VectorOperators.ASHR, 1);
      IntVector rest = k.sub(half);
      FloatVector power = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector other = rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      p.mul(power).mul(other).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.exp(x[xAt + i]);
    }
  }

  static void tanh(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector magnitude = v.abs();
      FloatVector c = magnitude.add(magnitude).min(TANH_MOST);
      FloatVector t = c.mul(LOG2_E).add(ROUNDER);
      FloatVector e = t.sub(ROUNDER);
      FloatVector r = c.sub(e.mul(LN2_HIGH)).sub(e.mul(LN2_LOW));
      FloatVector q = r.mul(E6).add(E5).mul(r).add(E4).mul(r).add(E3).mul(r).add(E2);
      FloatVector p = r.mul(r).mul(q).add(r);
      IntVector k = t.reinterpretAsInts().sub(ROUNDER_BITS - 127);
      FloatVector power = k.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector m = p.mul(power).add(power.sub(1f));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      m.div(m.add(2f)).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.tanh(x[xAt + i]);
    }
  }

  /** y = -|x|. */
  static void minusMagnitude(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector.fromArray(SPECIES, x, xAt + i).abs().neg().intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = -Math.abs(x[xAt + i]);
    }
  }

  /**
   * y = 1 / (1 + e<sup>-x</sup>).
   *
   * <p>Implementation note: the exponential of what is never positive: it needs no upper bound, and
   * its power of two is scaled up by 2<sup>64</sup>, where it cannot be subnormal, and back. A
   * comparison and a choice bound it below and keep NaN, with fewer instructions than a maximum.
   */
  static void sigmoid(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector b = v.abs().neg();
      FloatVector c = b.blend(LEAST, b.compare(VectorOperators.LT, LEAST));
      FloatVector t = c.mul(LOG2_E).add(ROUNDER);
      FloatVector e = t.sub(ROUNDER);
      FloatVector r = c.sub(e.mul(LN2_HIGH)).sub(e.mul(LN2_LOW));
      FloatVector q = r.mul(E6).add(E5).mul(r).add(E4).mul(r).add(E3).mul(r).add(E2);
      FloatVector p = r.mul(r).mul(q).add(r).add(1f);
      IntVector k = t.reinterpretAsInts().sub(ROUNDER_BITS - 127 - 64);
      FloatVector power = k.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector s = p.mul(power).mul(0x1p-64f);
      FloatVector above = ONE.blend(s, v.compare(VectorOperators.LT, 0f));
      above.div(s.add(1f)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.sigmoid(x[xAt + i]);
    }
  }
}
