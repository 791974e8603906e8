package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.FloatMath.E2;
import static io.github.snip4j.core.internal.backend.FloatMath.E3;
import static io.github.snip4j.core.internal.backend.FloatMath.E4;
import static io.github.snip4j.core.internal.backend.FloatMath.E5;
import static io.github.snip4j.core.internal.backend.FloatMath.E6;
import static io.github.snip4j.core.internal.backend.FloatMath.EXP_LEAST;
import static io.github.snip4j.core.internal.backend.FloatMath.EXP_MOST;
import static io.github.snip4j.core.internal.backend.FloatMath.LN2_HIGH;
import static io.github.snip4j.core.internal.backend.FloatMath.LN2_LOW;
import static io.github.snip4j.core.internal.backend.FloatMath.LOG2_E;
import static io.github.snip4j.core.internal.backend.FloatMath.ROUNDER;
import static io.github.snip4j.core.internal.backend.FloatMath.ROUNDER_BITS;
import static io.github.snip4j.core.internal.backend.FloatMath.TANH_MOST;
import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.INTS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The exponential of {@link FloatMath} and what follows from it, step by step in vectors. */
final class SimdExp {
  private SimdExp() {}

  static void exp(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector expLeast = FloatVector.broadcast(SPECIES, EXP_LEAST);
    FloatVector expMost = FloatVector.broadcast(SPECIES, EXP_MOST);
    FloatVector log2E = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, LN2_LOW);
    FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
    FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
    FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
    FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
    FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    IntVector rounderBits = IntVector.broadcast(INTS, ROUNDER_BITS);
    IntVector bias = IntVector.broadcast(INTS, 127);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, xAt + i).max(expLeast).min(expMost);
      FloatVector t = c.mul(log2E).add(rounder);
      FloatVector e = t.sub(rounder);
      FloatVector r = c.sub(e.mul(ln2High)).sub(e.mul(ln2Low));
      FloatVector q = r.mul(e6).add(e5).mul(r).add(e4).mul(r).add(e3).mul(r).add(e2);
      FloatVector p = r.mul(r).mul(q).add(r).add(one);
      IntVector k = t.reinterpretAsInts().sub(rounderBits);
      IntVector half = k.lanewise(VectorOperators.ASHR, 1);
      IntVector rest = k.sub(half);
      FloatVector power = half.add(bias).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector other = rest.add(bias).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FLOATS.cast(p.mul(power).mul(other)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.exp(x[xAt + i]);
    }
  }

  static void tanh(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector tanhMost = FloatVector.broadcast(SPECIES, TANH_MOST);
    FloatVector log2E = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, LN2_LOW);
    FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
    FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
    FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
    FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
    FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
    IntVector biasedRounder = IntVector.broadcast(INTS, ROUNDER_BITS - 127);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    IntVector signBit = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector magnitude = v.abs();
      FloatVector c = magnitude.add(magnitude).min(tanhMost);
      FloatVector t = c.mul(log2E).add(rounder);
      FloatVector e = t.sub(rounder);
      FloatVector r = c.sub(e.mul(ln2High)).sub(e.mul(ln2Low));
      FloatVector q = r.mul(e6).add(e5).mul(r).add(e4).mul(r).add(e3).mul(r).add(e2);
      FloatVector p = r.mul(r).mul(q).add(r);
      IntVector k = t.reinterpretAsInts().sub(biasedRounder);
      FloatVector power = k.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector m = p.mul(power).add(power.sub(one));
      IntVector sign = v.reinterpretAsInts().and(signBit);
      FLOATS
          .cast(m.div(m.add(two)).reinterpretAsInts().or(sign).reinterpretAsFloats())
          .intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.tanh(x[xAt + i]);
    }
  }

  /** y = -|x|. */
  static void minusMagnitude(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FLOATS.cast(FloatVector.fromArray(SPECIES, x, xAt + i).abs().neg()).intoArray(y, yAt + i);
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
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector least = FloatVector.broadcast(SPECIES, EXP_LEAST);
    FloatVector log2E = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, LN2_LOW);
    FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
    FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
    FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
    FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
    FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
    FloatVector down = FloatVector.broadcast(SPECIES, 0x1p-64f);
    IntVector bits = IntVector.broadcast(INTS, ROUNDER_BITS - 127 - 64);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector b = v.abs().neg();
      FloatVector c = b.blend(least, b.compare(VectorOperators.LT, least));
      FloatVector t = c.mul(log2E).add(rounder);
      FloatVector e = t.sub(rounder);
      FloatVector r = c.sub(e.mul(ln2High)).sub(e.mul(ln2Low));
      FloatVector q = r.mul(e6).add(e5).mul(r).add(e4).mul(r).add(e3).mul(r).add(e2);
      FloatVector p = r.mul(r).mul(q).add(r).add(one);
      IntVector k = t.reinterpretAsInts().sub(bits);
      FloatVector power = k.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector s = p.mul(power).mul(down);
      FloatVector above = one.blend(s, v.compare(VectorOperators.LT, zero));
      FLOATS.cast(above.div(s.add(one))).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.sigmoid(x[xAt + i]);
    }
  }
}
