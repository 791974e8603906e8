package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.KernelChoice;

/** One row of {@link Broadcast}'s operations: y[i] = a[i aStep] (op) b[i bStep]. */
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
    if (aStep == 1 && bStep == 1) {
      KernelChoice.chosen().arithmetic().add(n, a, aAt, b, bAt, y, yAt);
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] + b[bAt + i * bStep];
      }
    }
  }

  static void subtract(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) {
      KernelChoice.chosen().arithmetic().subtract(n, a, aAt, b, bAt, y, yAt);
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] - b[bAt + i * bStep];
      }
    }
  }

  static void multiply(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) {
      KernelChoice.chosen().arithmetic().multiply(n, a, aAt, b, bAt, y, yAt);
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] * b[bAt + i * bStep];
      }
    }
  }

  static void divide(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    if (aStep == 1 && bStep == 1) {
      KernelChoice.chosen().arithmetic().divide(n, a, aAt, b, bAt, y, yAt);
    } else {
      for (int i = 0; i < n; i++) {
        y[yAt + i] = a[aAt + i * aStep] / b[bAt + i * bStep];
      }
    }
  }

  static void max(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.max(a[aAt + i * aStep], b[bAt + i * bStep]);
    }
  }

  static void min(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.min(a[aAt + i * aStep], b[bAt + i * bStep]);
    }
  }

  /** 1 where {@code a > b}, 0 where {@code a < b}, 1/2 elsewhere. */
  static void above(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      float p = a[aAt + i * aStep];
      float q = b[bAt + i * bStep];
      y[yAt + i] = p > q ? 1f : p < q ? 0f : 0.5f;
    }
  }
}
