package io.github.snip4j.core.simd;

import static io.github.snip4j.core.backend.FloatMath.A1;
import static io.github.snip4j.core.backend.FloatMath.A2;
import static io.github.snip4j.core.backend.FloatMath.A3;
import static io.github.snip4j.core.backend.FloatMath.A4;
import static io.github.snip4j.core.backend.FloatMath.LN2_HIGH;
import static io.github.snip4j.core.backend.FloatMath.LN2_LOW;
import static io.github.snip4j.core.backend.FloatMath.MANTISSA;
import static io.github.snip4j.core.backend.FloatMath.ROUNDER;
import static io.github.snip4j.core.backend.FloatMath.ROUNDER_BITS;
import static io.github.snip4j.core.backend.FloatMath.SQRT_HALF_BITS;
import static io.github.snip4j.core.simd.Lanes.LANES;
import static io.github.snip4j.core.simd.Lanes.SPECIES;

import io.github.snip4j.core.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The logarithm of {@link FloatMath} and what follows from it, step by step in vectors. */
final class SimdLog {
  private SimdLog() {}

  static void log(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      IntVector above = v.reinterpretAsInts().sub(SQRT_HALF_BITS);
      FloatVector m = above.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats();
      IntVector exponent = above.lanewise(VectorOperators.ASHR, 23).add(ROUNDER_BITS);
      FloatVector e = exponent.reinterpretAsFloats().sub(ROUNDER);
      FloatVector f = m.sub(1f);
      FloatVector s = f.div(f.add(2f));
      FloatVector u = s.mul(s);
      FloatVector q = u.mul(A4).add(A3).mul(u).add(A2).mul(u).add(A1);
      FloatVector p = s.mul(u).mul(q);
      FloatVector low = p.add(p).add(e.mul(LN2_LOW));
      e.mul(LN2_HIGH).add(s.add(s).add(low)).intoArray(y, yAt + i);
      // subnormal, 0, negative, infinite, NaN: one by one
      if (!v.compare(VectorOperators.GE, Float.MIN_NORMAL).allTrue()
          || !v.compare(VectorOperators.LE, Float.MAX_VALUE).allTrue()) {
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
    for (int i = 0; i < whole; i += LANES) {
      FloatVector t = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector s = t.div(t.add(2f));
      FloatVector u = s.mul(s);
      FloatVector q = u.mul(A4).add(A3).mul(u).add(A2).mul(u).add(A1);
      FloatVector p = s.mul(u).mul(q).add(s);
      FloatVector.fromArray(SPECIES, x, xAt + i).max(0f).add(p.add(p)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.softplus(x[xAt + i]);
    }
  }
}
