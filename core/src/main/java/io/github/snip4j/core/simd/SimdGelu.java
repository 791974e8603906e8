package io.github.snip4j.core.simd;

import static io.github.snip4j.core.backend.FloatMath.DENSITY_AT_0;
import static io.github.snip4j.core.backend.FloatMath.P0;
import static io.github.snip4j.core.backend.FloatMath.P1;
import static io.github.snip4j.core.backend.FloatMath.P2;
import static io.github.snip4j.core.backend.FloatMath.P3;
import static io.github.snip4j.core.backend.FloatMath.P4;
import static io.github.snip4j.core.backend.FloatMath.P5;
import static io.github.snip4j.core.backend.FloatMath.P6;
import static io.github.snip4j.core.backend.FloatMath.P7;
import static io.github.snip4j.core.backend.FloatMath.P8;
import static io.github.snip4j.core.backend.FloatMath.PHI_SCALE;
import static io.github.snip4j.core.simd.Lanes.LANES;
import static io.github.snip4j.core.simd.Lanes.SPECIES;

import io.github.snip4j.core.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** GELU as {@link FloatMath} has it, step by step in vectors, from e<sup>-x&sup2;/2</sup> on. */
final class SimdGelu {
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  private SimdGelu() {}

  /** y = -x&sup2;/2. */
  static void minusHalfSquare(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      v.mul(v).mul(-0.5f).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = x[xAt + i] * x[xAt + i] * -0.5f;
    }
  }

  /**
   * y = x &Phi;(x).
   *
   * @param y holds e<sup>-x&sup2;/2</sup>
   */
  static void gelu(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector t = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector w = ONE.div(v.abs().mul(PHI_SCALE).add(1f));
      FloatVector p = w.mul(P8).add(P7).mul(w).add(P6).mul(w).add(P5).mul(w).add(P4);
      FloatVector r = w.mul(p).add(P3).mul(w).add(P2).mul(w).add(P1).mul(w).add(P0);
      FloatVector q = t.mul(w).mul(r);
      FloatVector phi = q.blend(ONE.sub(q), v.compare(VectorOperators.GT, 0f));
      v.mul(phi).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.gelu(x[xAt + i]);
    }
  }

  /**
   * y = &Phi;(x) + x &phi;(x).
   *
   * @param y holds e<sup>-x&sup2;/2</sup>
   */
  static void slope(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FloatVector t = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector w = ONE.div(v.abs().mul(PHI_SCALE).add(1f));
      FloatVector p = w.mul(P8).add(P7).mul(w).add(P6).mul(w).add(P5).mul(w).add(P4);
      FloatVector r = w.mul(p).add(P3).mul(w).add(P2).mul(w).add(P1).mul(w).add(P0);
      FloatVector q = t.mul(w).mul(r);
      FloatVector phi = q.blend(ONE.sub(q), v.compare(VectorOperators.GT, 0f));
      phi.add(v.mul(t.mul(DENSITY_AT_0))).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = FloatMath.geluSlope(x[xAt + i]);
    }
  }
}
