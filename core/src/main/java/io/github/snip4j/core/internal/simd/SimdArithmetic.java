package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import jdk.incubator.vector.FloatVector;

/** {@link ArithmeticKernels} on the Vector API: the bits are those of the plain ones. */
final class SimdArithmetic implements ArithmeticKernels {
  @Override
  public void add(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, b, bAt + i);
      FLOATS.cast(FloatVector.fromArray(SPECIES, a, aAt + i).add(v)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = a[aAt + i] + b[bAt + i];
    }
  }

  @Override
  public void subtract(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, b, bAt + i);
      FLOATS.cast(FloatVector.fromArray(SPECIES, a, aAt + i).sub(v)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = a[aAt + i] - b[bAt + i];
    }
  }

  @Override
  public void multiply(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    product(n, a, aAt, b, bAt, y, yAt);
  }

  static void product(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, b, bAt + i);
      FLOATS.cast(FloatVector.fromArray(SPECIES, a, aAt + i).mul(v)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = a[aAt + i] * b[bAt + i];
    }
  }

  @Override
  public void divide(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, b, bAt + i);
      FLOATS.cast(FloatVector.fromArray(SPECIES, a, aAt + i).div(v)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = a[aAt + i] / b[bAt + i];
    }
  }

  @Override
  public void maxTo(int n, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FLOATS.cast(v.max(FloatVector.fromArray(SPECIES, y, yAt + i))).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = Math.max(x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void scale(int n, float factor, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int i = 0; i < whole; i += LANES) {
      FLOATS.cast(FloatVector.fromArray(SPECIES, x, xAt + i).mul(factors)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = factor * x[xAt + i];
    }
  }

  @Override
  public void addTo(int n, float factor, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i).mul(factors);
      FLOATS.cast(v.add(FloatVector.fromArray(SPECIES, y, yAt + i))).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] += factor * x[xAt + i];
    }
  }

  @Override
  public void addRowsTo(
      int rows, int n, float[] x, int xAt, int xStep, float[] y, int yAt, int yStep) {
    int whole = n - n % LANES;
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < whole; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
        FLOATS.cast(v.add(FloatVector.fromArray(SPECIES, y, yAt + i))).intoArray(y, yAt + i);
      }
      for (int i = whole; i < n; i++) {
        y[yAt + i] += x[xAt + i];
      }
      xAt += xStep;
      yAt += yStep;
    }
  }

  @Override
  public void copyRows(
      int rows, int n, float[] x, int xAt, int xStep, float[] y, int yAt, int yStep) {
    int whole = n - n % LANES;
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < whole; i += LANES) {
        FLOATS.cast(FloatVector.fromArray(SPECIES, x, xAt + i)).intoArray(y, yAt + i);
      }
      for (int i = whole; i < n; i++) {
        y[yAt + i] = x[xAt + i];
      }
      xAt += xStep;
      yAt += yStep;
    }
  }

  @Override
  public void normalize(
      int n, float mean, float factor, float shift, float[] x, int xAt, float[] y, int yAt) {
    int whole = n - n % LANES;
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i);
      FLOATS.cast(v.sub(means).mul(factors).add(shifts)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < n; i++) {
      y[yAt + i] = (x[xAt + i] - mean) * factor + shift;
    }
  }

  @Override
  public void normalizeGradient(
      int n,
      float factor,
      float[] dy,
      int dyAt,
      float mean,
      float slope,
      float[] x,
      int xAt,
      float shift,
      float[] dx,
      int dxAt) {
    int whole = n - n % LANES;
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + i).mul(factors);
      FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + i).sub(means).mul(slopes);
      FLOATS.cast(d.add(v).add(shifts)).intoArray(dx, dxAt + i);
    }
    for (int i = whole; i < n; i++) {
      dx[dxAt + i] = dy[dyAt + i] * factor + (x[xAt + i] - mean) * slope + shift;
    }
  }
}
