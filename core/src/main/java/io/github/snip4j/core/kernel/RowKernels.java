package io.github.snip4j.core.kernel;

/** One row of {@link Broadcast}'s arithmetic: y[i] = a[i aStep] (op) b[i bStep]. */
final class RowKernels {
  private RowKernels() {}

  /** Steps are 1, or 0 where the operand is one number repeated. */
  @FunctionalInterface
  interface Kernel {
    void run(
        float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n);
  }

  static void add(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) { // apart, because the JIT compiler makes vectors of this loop
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] + b[bAt + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] + b[bAt + i * bStep];
      }
    }
  }

  static void subtract(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) { // apart, because the JIT compiler makes vectors of this loop
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] - b[bAt + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] - b[bAt + i * bStep];
      }
    }
  }

  static void multiply(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) { // apart, because the JIT compiler makes vectors of this loop
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] * b[bAt + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] * b[bAt + i * bStep];
      }
    }
  }

  static void divide(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) { // apart, because the JIT compiler makes vectors of this loop
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i] / b[bAt + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] / b[bAt + i * bStep];
      }
    }
  }
}
