package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/**
 * Functions of the elements of tensors of one shape. Each gradient takes the upstream gradient dy
 * and what it says of the forward step, and throws {@link IllegalArgumentException} if their shapes
 * differ. Arguments are not modified, results are new tensors, where nothing else is said.
 */
public final class Pointwise {
  private static final int GRAIN = 1 << 15; // elements a thread takes at a time
  private static final int FEWER = 1 << 13; // of those that cost more

  private Pointwise() {}

  /** y = max(x, 0); NaN stays NaN, so that a loss that has gone wrong shows it. */
  public static Tensor relu(Tensor x) {
    return map(GRAIN, elements()::relu, x);
  }

  /**
   * dx = 0 where {@code y <= 0}, else dy; so dy passes where y is NaN, as in PyTorch.
   *
   * @param y what {@link #relu} returned
   */
  public static Tensor reluGradient(Tensor dy, Tensor y) {
    return gradient("relu gradient", GRAIN, elements()::reluGradient, dy, y);
  }

  /** y = x where {@code x > 0}, else slope x. */
  public static Tensor leakyRelu(Tensor x, float slope) {
    ElementKernels kernels = elements();
    return map(GRAIN, (n, p, pAt, y, yAt) -> kernels.leakyRelu(n, slope, p, pAt, y, yAt), x);
  }

  /** dx = dy where {@code x > 0}, else slope dy. */
  public static Tensor leakyReluGradient(Tensor dy, Tensor x, float slope) {
    ElementKernels kernels = elements();
    return gradient(
        "leaky relu gradient",
        GRAIN,
        (n, v, vAt, d, dAt, dx, at) -> kernels.leakyReluGradient(n, slope, v, vAt, d, dAt, dx, at),
        dy,
        x);
  }

  /** y = e<sup>x</sup>; its gradient is dy y. */
  public static Tensor exp(Tensor x) {
    return map(FEWER, elements()::exp, x);
  }

  /** y = ln x, NaN for a negative x; its gradient is dy / x. */
  public static Tensor log(Tensor x) {
    return map(FEWER, elements()::log, x);
  }

  /** y = √x, NaN for a negative x; its gradient is dy / 2y. */
  public static Tensor sqrt(Tensor x) {
    return map(
        FEWER,
        (n, p, pAt, y, yAt) -> {
          for (int i = 0; i < n; i++) {
            y[yAt + i] = (float) Math.sqrt(p[pAt + i]);
          }
        },
        x);
  }

  /** y = tanh x. */
  public static Tensor tanh(Tensor x) {
    return map(FEWER, elements()::tanh, x);
  }

  /**
   * dx = dy (1 - y²).
   *
   * @param y what {@link #tanh} returned
   */
  public static Tensor tanhGradient(Tensor dy, Tensor y) {
    return gradient("tanh gradient", GRAIN, elements()::tanhGradient, dy, y);
  }

  /** y = 1 / (1 + e<sup>-x</sup>). */
  public static Tensor sigmoid(Tensor x) {
    return map(FEWER, elements()::sigmoid, x);
  }

  /**
   * dx = dy y (1 - y).
   *
   * @param y what {@link #sigmoid} returned
   */
  public static Tensor sigmoidGradient(Tensor dy, Tensor y) {
    return gradient("sigmoid gradient", GRAIN, elements()::sigmoidGradient, dy, y);
  }

  /** y = ln(1 + e<sup>x</sup>). */
  public static Tensor softplus(Tensor x) {
    return map(FEWER, elements()::softplus, x);
  }

  /** dx = dy / (1 + e<sup>-x</sup>). */
  public static Tensor softplusGradient(Tensor dy, Tensor x) {
    return gradient("softplus gradient", FEWER, elements()::softplusGradient, dy, x);
  }

  /** y = x Φ(x), Φ the standard normal distribution (not its approximation by tanh). */
  public static Tensor gelu(Tensor x) {
    return map(FEWER, elements()::gelu, x);
  }

  /** dx = dy (Φ(x) + x φ(x)), φ the standard normal density. */
  public static Tensor geluGradient(Tensor dy, Tensor x) {
    return gradient("gelu gradient", FEWER, elements()::geluGradient, dy, x);
  }

  /**
   * target = target + term.
   *
   * @param target modified
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void addTo(Tensor target, Tensor term) {
    checkSameShape("add", target, term);
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    float[] to = target.data();
    int at = target.offset();
    Parallel.forRange(
        target.size(),
        GRAIN,
        (i, end) -> kernels.addTo(end - i, 1f, term.data(), term.offset() + i, to, at + i));
  }

  /** factor * x. */
  public static Tensor scale(Tensor x, float factor) {
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    return map(GRAIN, (n, p, pAt, y, yAt) -> kernels.scale(n, factor, p, pAt, y, yAt), x);
  }

  /**
   * A column repeated: y[f, n] = column[f].
   *
   * @param column {@code [F]}
   * @return {@code [F, N]}
   */
  public static Tensor repeatColumn(Tensor column, int n) {
    int rows = column.size();
    Tensor y = Tensor.uninitialized(Shape.of(rows, n));
    for (int f = 0; f < rows; f++) {
      int at = y.offset() + f * n;
      Arrays.fill(y.data(), at, at + n, column.at(f));
    }
    return y;
  }

  /** All elements added up, in double from block to block. */
  public static float sum(Tensor x) {
    return (float) KernelChoice.chosen().reductions().sum(x.size(), x.data(), x.offset());
  }

  private static ElementKernels elements() {
    return KernelChoice.chosen().elements();
  }

  /** Applies a kernel to each element, a piece at a time. */
  static Tensor map(int grain, ElementKernels.Map kernel, Tensor x) {
    Tensor y = Tensor.uninitialized(x.shape());
    Parallel.forRange(
        x.size(),
        grain,
        (i, end) -> kernel.run(end - i, x.data(), x.offset() + i, y.data(), y.offset() + i));
    return y;
  }

  /** Applies the kernel of a gradient to each element, a piece at a time. */
  static Tensor gradient(
      String operation, int grain, ElementKernels.Gradient kernel, Tensor dy, Tensor v) {
    checkSameShape(operation, dy, v);
    Tensor dx = Tensor.uninitialized(dy.shape());
    Parallel.forRange(
        dy.size(),
        grain,
        (i, end) ->
            kernel.run(
                end - i,
                v.data(),
                v.offset() + i,
                dy.data(),
                dy.offset() + i,
                dx.data(),
                dx.offset() + i));
    return dx;
  }

  private static void checkSameShape(String operation, Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(operation + ": " + a.shape() + " and " + b.shape());
    }
  }
}
