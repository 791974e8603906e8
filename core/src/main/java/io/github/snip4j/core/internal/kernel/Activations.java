package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Activation functions of each element beside those of {@link Pointwise}; arguments are not
 * modified, results are new tensors, NaN stays NaN.
 */
public final class Activations {
  private static final int GRAIN = 1 << 14; // elements a thread takes at a time

  private Activations() {}

  /** y = x where it is between two bounds, else the nearer bound. */
  public static Tensor clamp(Tensor x, float low, float high) {
    return Pointwise.map(
        GRAIN,
        (n, p, pAt, y, yAt) -> {
          for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.min(Math.max(p[pAt + i], low), high);
          }
        },
        x);
  }

  /**
   * dx = factor dy where {@code low < x < high} or x is NaN, else 0: of functions that are flat
   * elsewhere.
   */
  public static Tensor gradientBetween(Tensor dy, Tensor x, float low, float high, float factor) {
    return Pointwise.gradient(
        "clamp gradient",
        GRAIN,
        (n, v, vAt, d, dAt, dx, at) -> {
          for (int i = 0; i < n; i++) {
            float value = v[vAt + i];
            dx[at + i] = value <= low || value >= high ? 0f : factor * d[dAt + i];
          }
        },
        dy,
        x);
  }

  /** y = |x|. */
  public static Tensor abs(Tensor x) {
    return Pointwise.map(
        GRAIN,
        (n, p, pAt, y, yAt) -> {
          for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.abs(p[pAt + i]);
          }
        },
        x);
  }

  /** dx = dy times the sign of x, which is 0 at 0. */
  public static Tensor absGradient(Tensor dy, Tensor x) {
    return Pointwise.gradient(
        "abs gradient",
        GRAIN,
        (n, v, vAt, d, dAt, dx, at) -> {
          for (int i = 0; i < n; i++) {
            dx[at + i] = d[dAt + i] * Math.signum(v[vAt + i]);
          }
        },
        dy,
        x);
  }

  /** y = min(max(x + 3, 0), 6) / 6. */
  public static Tensor hardSigmoid(Tensor x) {
    return Pointwise.map(
        GRAIN,
        (n, p, pAt, y, yAt) -> {
          for (int i = 0; i < n; i++) {
            y[yAt + i] = gate(p[pAt + i]);
          }
        },
        x);
  }

  /** y = x min(max(x + 3, 0), 6) / 6. */
  public static Tensor hardSwish(Tensor x) {
    return Pointwise.map(
        GRAIN,
        (n, p, pAt, y, yAt) -> {
          for (int i = 0; i < n; i++) {
            y[yAt + i] = p[pAt + i] * gate(p[pAt + i]);
          }
        },
        x);
  }

  /** dx = 0 where {@code x < -3}, dy where {@code x > 3}, dy (x / 3 + 1 / 2) between. */
  public static Tensor hardSwishGradient(Tensor dy, Tensor x) {
    return Pointwise.gradient(
        "hard-swish gradient",
        GRAIN,
        (n, v, vAt, d, dAt, dx, at) -> {
          for (int i = 0; i < n; i++) {
            float value = v[vAt + i];
            float slope = value < -3 ? 0f : value > 3 ? 1f : value / 3 + 0.5f;
            dx[at + i] = slope * d[dAt + i];
          }
        },
        dy,
        x);
  }

  private static float gate(float x) {
    return Math.min(Math.max(x + 3, 0f), 6f) / 6;
  }

  /** y = x / (1 + e<sup>-x</sup>). */
  public static Tensor silu(Tensor x) {
    ElementKernels elements = KernelChoice.chosen().elements();
    return Pointwise.map(
        GRAIN,
        (n, p, pAt, y, yAt) -> {
          elements.sigmoid(n, p, pAt, y, yAt);
          for (int i = 0; i < n; i++) {
            y[yAt + i] *= p[pAt + i];
          }
        },
        x);
  }

  /** dx = dy s (1 + x (1 - s)), s = 1 / (1 + e<sup>-x</sup>). */
  public static Tensor siluGradient(Tensor dy, Tensor x) {
    ElementKernels elements = KernelChoice.chosen().elements();
    return Pointwise.gradient(
        "silu gradient",
        GRAIN,
        (n, v, vAt, d, dAt, dx, at) -> {
          elements.sigmoid(n, v, vAt, dx, at);
          for (int i = 0; i < n; i++) {
            float s = dx[at + i];
            dx[at + i] = d[dAt + i] * s * (1 + v[vAt + i] * (1 - s));
          }
        },
        dy,
        x);
  }

  /** y = x to the power of a constant, computed in double; NaN where that is no real number. */
  public static Tensor pow(Tensor x, double exponent) {
    return exponent == 2
        ? Broadcast.multiply(x, x)
        : Pointwise.map(
            GRAIN,
            (n, p, pAt, y, yAt) -> {
              for (int i = 0; i < n; i++) { // strict: the same bits on every machine
                y[yAt + i] = (float) StrictMath.pow(p[pAt + i], exponent);
              }
            },
            x);
  }
}
