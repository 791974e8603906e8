package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ElementKernels} on the Vector API.
 *
 * <p>Implementation note: most of what is built on e<sup>x</sup> computes it in place in the
 * result, a block that stays in L1 at a time, and finishes from there: one loop per method is what
 * C2 compiles well. The last elements of a run go one by one through {@link FloatMath}.
 */
final class SimdElements implements ElementKernels {
  private static final int BLOCK = 1024;

  private final ElementKernels plain;

  /**
   * @param plain does the ends of the runs
   */
  SimdElements(ElementKernels plain) {
    this.plain = plain;
  }

  @Override
  public void exp(int n, float[] x, int xAt, float[] y, int yAt) {
    SimdExp.exp(n, x, xAt, y, yAt);
  }

  @Override
  public void log(int n, float[] x, int xAt, float[] y, int yAt) {
    SimdLog.log(n, x, xAt, y, yAt);
  }

  @Override
  public void tanh(int n, float[] x, int xAt, float[] y, int yAt) {
    SimdExp.tanh(n, x, xAt, y, yAt);
  }

  @Override
  public void sigmoid(int n, float[] x, int xAt, float[] y, int yAt) {
    SimdExp.sigmoid(n, x, xAt, y, yAt);
  }

  @Override
  public void tanhGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    int whole = n - n % LANES;
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + i);
      FloatVector value = FloatVector.fromArray(SPECIES, v, vAt + i);
      FLOATS.cast(d.mul(one.sub(value.mul(value)))).intoArray(dx, dxAt + i);
    }
    plain.tanhGradient(n - whole, v, vAt + whole, dy, dyAt + whole, dx, dxAt + whole);
  }

  @Override
  public void sigmoidGradient(
      int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + i);
      FloatVector value = FloatVector.fromArray(SPECIES, v, vAt + i);
      FLOATS.cast(d.mul(value.sub(value.mul(value)))).intoArray(dx, dxAt + i);
    }
    plain.sigmoidGradient(n - whole, v, vAt + whole, dy, dyAt + whole, dx, dxAt + whole);
  }

  @Override
  public void softplus(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      SimdExp.minusMagnitude(count, x, xAt + i, y, yAt + i);
      SimdExp.exp(count, y, yAt + i, y, yAt + i);
      SimdLog.softplus(count, x, xAt + i, y, yAt + i);
    }
  }

  @Override
  public void softplusGradient(
      int n, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      sigmoid(count, x, xAt + i, dx, dxAt + i);
      SimdArithmetic.product(count, dy, dyAt + i, dx, dxAt + i, dx, dxAt + i);
    }
  }

  @Override
  public void gelu(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      SimdGelu.minusHalfSquare(count, x, xAt + i, y, yAt + i);
      SimdExp.exp(count, y, yAt + i, y, yAt + i);
      SimdGelu.gelu(count, x, xAt + i, y, yAt + i);
    }
  }

  @Override
  public void geluGradient(int n, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      SimdGelu.minusHalfSquare(count, x, xAt + i, dx, dxAt + i);
      SimdExp.exp(count, dx, dxAt + i, dx, dxAt + i);
      SimdGelu.slope(count, x, xAt + i, dx, dxAt + i);
      SimdArithmetic.product(count, dy, dyAt + i, dx, dxAt + i, dx, dxAt + i);
    }
  }

  @Override
  public void reluGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    int whole = n - n % LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + i);
      FloatVector value = FloatVector.fromArray(SPECIES, v, vAt + i);
      FLOATS.cast(d.blend(zero, value.compare(VectorOperators.LE, zero))).intoArray(dx, dxAt + i);
    }
    plain.reluGradient(n - whole, v, vAt + whole, dy, dyAt + whole, dx, dxAt + whole);
  }

  @Override
  public void leakyRelu(int n, float slope, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector factor = FloatVector.broadcast(SPECIES, slope);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FLOATS
          .cast(v.mul(factor).blend(v, v.compare(VectorOperators.GT, zero)))
          .intoArray(y, yAt + i);
    }
    plain.leakyRelu(n - whole, slope, x, xAt + whole, y, yAt + whole);
  }

  @Override
  public void leakyReluGradient(
      int n, float slope, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    int whole = n - n % LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector factor = FloatVector.broadcast(SPECIES, slope);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + i);
      FloatVector value = FloatVector.fromArray(SPECIES, v, vAt + i);
      FLOATS
          .cast(d.mul(factor).blend(d, value.compare(VectorOperators.GT, zero)))
          .intoArray(dx, dxAt + i);
    }
    int left = n - whole;
    plain.leakyReluGradient(left, slope, v, vAt + whole, dy, dyAt + whole, dx, dxAt + whole);
  }

  @Override
  public void relu(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      FLOATS.cast(FloatVector.fromArray(SPECIES, x, xAt + i).max(zero)).intoArray(y, yAt + i);
    }
    plain.relu(n - whole, x, xAt + whole, y, yAt + whole);
  }
}
