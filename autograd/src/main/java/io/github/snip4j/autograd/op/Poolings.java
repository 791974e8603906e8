package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.kernel.Pooling;
import io.github.snip4j.core.tensor.Tensor;

/** Maximum and average over windows of images; shapes and formulas in {@link Pooling}. */
public final class Poolings {
  private Poolings() {}

  /**
   * The largest element of each window; of equal ones the first gets the gradient, as in PyTorch.
   *
   * @param x {@code [C, H, W, N]}
   * @throws IllegalArgumentException if the windows do not fit
   */
  public static Variable max(Variable x, PoolSpec spec) {
    Tensor y = Pooling.max(x.value(), spec);
    return Variable.of(
        Operation.maximum(
            "maximum pooling",
            v -> max(v, spec),
            v -> Gather.ofMaxima(v, x.value(), y, spec),
            v -> average(v, spec, false),
            x),
        y,
        x.pull(dy -> Pooling.maxGradient(dy, x.value(), y, spec)));
  }

  /**
   * The mean of each window.
   *
   * @param x {@code [C, H, W, N]}
   * @param countPadding whether padding counts as elements that are 0 (PyTorch's default), or not
   *     at all
   * @throws IllegalArgumentException if the windows do not fit
   */
  public static Variable average(Variable x, PoolSpec spec, boolean countPadding) {
    return Variable.of(
        Operation.linear("average pooling", v -> average(v, spec, countPadding), x),
        Pooling.average(x.value(), spec, countPadding),
        x.pull(dy -> Pooling.averageGradient(dy, x.shape(), spec, countPadding)));
  }

  /**
   * The mean of each channel's image: {@code [C, H, W, N]} to {@code [C, N]}.
   *
   * @throws IllegalArgumentException if x has other axes, or no pixels
   */
  public static Variable globalAverage(Variable x) {
    return Variable.of(
        Operation.linear("global average pooling", Poolings::globalAverage, x),
        Pooling.globalAverage(x.value()),
        x.pull(dy -> Pooling.globalAverageGradient(dy, x.shape())));
  }
}
