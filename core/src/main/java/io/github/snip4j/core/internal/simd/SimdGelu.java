package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.FloatMath.DENSITY_AT_0;
import static io.github.snip4j.core.internal.backend.FloatMath.P0;
import static io.github.snip4j.core.internal.backend.FloatMath.P1;
import static io.github.snip4j.core.internal.backend.FloatMath.P2;
import static io.github.snip4j.core.internal.backend.FloatMath.P3;
import static io.github.snip4j.core.internal.backend.FloatMath.P4;
import static io.github.snip4j.core.internal.backend.FloatMath.P5;
import static io.github.snip4j.core.internal.backend.FloatMath.P6;
import static io.github.snip4j.core.internal.backend.FloatMath.P7;
import static io.github.snip4j.core.internal.backend.FloatMath.P8;
import static io.github.snip4j.core.internal.backend.FloatMath.PHI_SCALE;
import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** GELU as {@link FloatMath} has it, step by step in vectors, from e<sup>-x²/2</sup> on. */
final class SimdGelu {
  private SimdGelu() {}

  /** y = -x²/2. */
  static void minusHalfSquare(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector minusHalf = FloatVector.broadcast(SPECIES, -0.5f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FLOATS.cast(v.mul(v).mul(minusHalf)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = x[xAt + i] * x[xAt + i] * -0.5f;
    }
  }

  /**
   * y = x Φ(x).
   *
   * @param y holds e<sup>-x²/2</sup>
   */
  static void gelu(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector phiScale = FloatVector.broadcast(SPECIES, PHI_SCALE);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector p8 = FloatVector.broadcast(SPECIES, P8);
    FloatVector p7 = FloatVector.broadcast(SPECIES, P7);
    FloatVector p6 = FloatVector.broadcast(SPECIES, P6);
    FloatVector p5 = FloatVector.broadcast(SPECIES, P5);
    FloatVector p4 = FloatVector.broadcast(SPECIES, P4);
    FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
    FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
    FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
    FloatVector p0 = FloatVector.broadcast(SPECIES, P0);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector t = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector w = one.div(v.abs().mul(phiScale).add(one));
      FloatVector p = w.mul(p8).add(p7).mul(w).add(p6).mul(w).add(p5).mul(w).add(p4);
      FloatVector r = w.mul(p).add(p3).mul(w).add(p2).mul(w).add(p1).mul(w).add(p0);
      FloatVector q = t.mul(w).mul(r);
      FloatVector phi = q.blend(one.sub(q), v.compare(VectorOperators.GT, zero));
      FLOATS.cast(v.mul(phi)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.gelu(x[xAt + i]);
    }
  }

  /**
   * y = Φ(x) + x φ(x).
   *
   * @param y holds e<sup>-x²/2</sup>
   */
  static void slope(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector phiScale = FloatVector.broadcast(SPECIES, PHI_SCALE);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector p8 = FloatVector.broadcast(SPECIES, P8);
    FloatVector p7 = FloatVector.broadcast(SPECIES, P7);
    FloatVector p6 = FloatVector.broadcast(SPECIES, P6);
    FloatVector p5 = FloatVector.broadcast(SPECIES, P5);
    FloatVector p4 = FloatVector.broadcast(SPECIES, P4);
    FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
    FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
    FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
    FloatVector p0 = FloatVector.broadcast(SPECIES, P0);
    FloatVector densityAt0 = FloatVector.broadcast(SPECIES, DENSITY_AT_0);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector t = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector w = one.div(v.abs().mul(phiScale).add(one));
      FloatVector p = w.mul(p8).add(p7).mul(w).add(p6).mul(w).add(p5).mul(w).add(p4);
      FloatVector r = w.mul(p).add(p3).mul(w).add(p2).mul(w).add(p1).mul(w).add(p0);
      FloatVector q = t.mul(w).mul(r);
      FloatVector phi = q.blend(one.sub(q), v.compare(VectorOperators.GT, zero));
      FLOATS.cast(phi.add(v.mul(t.mul(densityAt0)))).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.geluSlope(x[xAt + i]);
    }
  }
}
