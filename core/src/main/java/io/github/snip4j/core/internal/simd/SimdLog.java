package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.FloatMath.A1;
import static io.github.snip4j.core.internal.backend.FloatMath.A2;
import static io.github.snip4j.core.internal.backend.FloatMath.A3;
import static io.github.snip4j.core.internal.backend.FloatMath.A4;
import static io.github.snip4j.core.internal.backend.FloatMath.LN2_HIGH;
import static io.github.snip4j.core.internal.backend.FloatMath.LN2_LOW;
import static io.github.snip4j.core.internal.backend.FloatMath.MANTISSA;
import static io.github.snip4j.core.internal.backend.FloatMath.ROUNDER;
import static io.github.snip4j.core.internal.backend.FloatMath.ROUNDER_BITS;
import static io.github.snip4j.core.internal.backend.FloatMath.SQRT_HALF_BITS;
import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.INTS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The logarithm of {@link FloatMath} and what follows from it, step by step in vectors. */
final class SimdLog {
  private SimdLog() {}

  static void log(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    IntVector sqrtHalf = IntVector.broadcast(INTS, SQRT_HALF_BITS);
    IntVector mantissa = IntVector.broadcast(INTS, MANTISSA);
    IntVector rounderBits = IntVector.broadcast(INTS, ROUNDER_BITS);
    FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector a4 = FloatVector.broadcast(SPECIES, A4);
    FloatVector a3 = FloatVector.broadcast(SPECIES, A3);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector a1 = FloatVector.broadcast(SPECIES, A1);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, LN2_LOW);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, LN2_HIGH);
    FloatVector least = FloatVector.broadcast(SPECIES, Float.MIN_NORMAL);
    FloatVector most = FloatVector.broadcast(SPECIES, Float.MAX_VALUE);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      IntVector above = v.reinterpretAsInts().sub(sqrtHalf);
      FloatVector m = above.and(mantissa).add(sqrtHalf).reinterpretAsFloats();
      IntVector exponent = above.lanewise(VectorOperators.ASHR, 23).add(rounderBits);
      FloatVector e = exponent.reinterpretAsFloats().sub(rounder);
      FloatVector f = m.sub(one);
      FloatVector s = f.div(f.add(two));
      FloatVector u = s.mul(s);
      FloatVector q = u.mul(a4).add(a3).mul(u).add(a2).mul(u).add(a1);
      FloatVector p = s.mul(u).mul(q);
      FloatVector low = p.add(p).add(e.mul(ln2Low));
      FLOATS.cast(e.mul(ln2High).add(s.add(s).add(low))).intoArray(y, yAt + i);
      // subnormal, 0, negative, infinite, NaN: one by one
      if (!v.compare(VectorOperators.GE, least).allTrue()
          || !v.compare(VectorOperators.LE, most).allTrue()) {
        one(i, i + LANES, x, xAt, y, yAt);
      }
    }
    one(whole, n, x, xAt, y, yAt);
  }

  private static void one(int from, int to, float[] x, int xAt, float[] y, int yAt) {
    for (int i = from; i < to; i++) {
      y[yAt + i] = FloatMath.log(x[xAt + i]);
    }
  }

  /**
   * y = ln(1 + e<sup>x</sup>).
   *
   * @param y holds e<sup>-|x|</sup>
   */
  static void softplus(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector a4 = FloatVector.broadcast(SPECIES, A4);
    FloatVector a3 = FloatVector.broadcast(SPECIES, A3);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector a1 = FloatVector.broadcast(SPECIES, A1);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector t = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector s = t.div(t.add(two));
      FloatVector u = s.mul(s);
      FloatVector q = u.mul(a4).add(a3).mul(u).add(a2).mul(u).add(a1);
      FloatVector p = s.mul(u).mul(q).add(s);
      FLOATS
          .cast(FloatVector.fromArray(SPECIES, x, xAt + i).max(zero).add(p.add(p)))
          .intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.softplus(x[xAt + i]);
    }
  }
}
