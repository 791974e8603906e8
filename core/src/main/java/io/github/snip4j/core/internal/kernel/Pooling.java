package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.PoolKernels;
import io.github.snip4j.core.internal.backend.SparseKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Maximum and average over windows of {@code [C, H, W, N]}, each channel and example by itself.
 * Windows are those of {@link PoolSpec}, which says the shape of the result.
 *
 * <p>Implementation note: a window is a list of offsets, and each a contiguous run of examples. An
 * average, and its gradient, is a sparse product with the windows as its pattern. Nothing is kept
 * for the gradient of the maximum, as x and y tell where it was.
 */
public final class Pooling {
  private static final int GRAIN = 1 << 14; // elements a thread takes at a time

  private Pooling() {}

  /**
   * The largest element of each window; NaN if one is NaN. Padding never wins.
   *
   * @param x {@code [C, H, W, N]}, not modified
   * @throws IllegalArgumentException if the windows do not fit
   */
  public static Tensor max(Tensor x, PoolSpec spec) {
    Shape shape = spec.output("max pooling", x.shape());
    Tensor y = Tensor.uninitialized(shape);
    PoolWindows windows = PoolWindows.ofOutputs(spec, x.shape(), shape);
    PoolKernels kernels = KernelChoice.chosen().pools();
    int n = shape.dim(3);
    forChannels(
        x.shape(),
        c -> {
          int xAt = x.offset() + c * channel(x.shape());
          int yAt = y.offset() + c * channel(shape);
          kernels.max(
              n,
              windows.targets(),
              windows.offsets(),
              windows.starts(),
              x.data(),
              xAt,
              y.data(),
              yAt);
        });
    return y;
  }

  /**
   * dx: each dy goes to the first place of its window, row by row, where x = y. (So does PyTorch's;
   * of several NaN it takes the last.)
   *
   * @param dy upstream, of y's shape
   * @param x {@code [C, H, W, N]}
   * @param y what {@link #max} returned
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor maxGradient(Tensor dy, Tensor x, Tensor y, PoolSpec spec) {
    String operation = "max pooling gradient";
    Shape shape = spec.output(operation, x.shape());
    check(operation, "dy", dy, shape);
    check(operation, "y", y, shape);
    Tensor dx = Tensor.uninitialized(x.shape());
    PoolWindows windows = PoolWindows.ofOutputs(spec, x.shape(), shape);
    PoolKernels kernels = KernelChoice.chosen().pools();
    int n = shape.dim(3);
    forChannels(
        x.shape(),
        c -> {
          int at = c * channel(x.shape());
          int out = c * channel(shape);
          Arrays.fill(dx.data(), dx.offset() + at, dx.offset() + at + channel(x.shape()), 0f);
          for (int t = 0; t < windows.targets(); t++) {
            kernels.maxGradient(
                n,
                windows.offsets(),
                windows.start(t),
                windows.start(t + 1),
                x.data(),
                x.offset() + at,
                y.data(),
                y.offset() + out + t * n,
                dy.data(),
                dy.offset() + out + t * n,
                dx.data(),
                dx.offset() + at);
          }
        });
    return dx;
  }

  /**
   * The mean of each window.
   *
   * @param x {@code [C, H, W, N]}, not modified
   * @param countPadding whether padding counts as elements that are 0 (PyTorch's default), or not
   *     at all
   * @throws IllegalArgumentException if the windows do not fit
   */
  public static Tensor average(Tensor x, PoolSpec spec, boolean countPadding) {
    Shape shape = spec.output("average pooling", x.shape());
    PoolWindows windows = PoolWindows.ofOutputs(spec, x.shape(), shape);
    float[] weights = windows.weights();
    for (int t = 0; t < windows.targets(); t++) {
      float share = 1f / (countPadding ? area(spec, x.shape(), shape, t) : windows.count(t));
      Arrays.fill(weights, windows.start(t), windows.start(t + 1), share);
    }
    Tensor y = Tensor.uninitialized(shape);
    weigh(windows, x, y);
    return y;
  }

  /**
   * dx: each place gets its share of the dy of all windows that it is in.
   *
   * @param dy upstream, of the result's shape
   * @param x the shape of x, {@code [C, H, W, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor averageGradient(Tensor dy, Shape x, PoolSpec spec, boolean countPadding) {
    String operation = "average pooling gradient";
    Shape shape = spec.output(operation, x);
    check(operation, "dy", dy, shape);
    PoolWindows outputs = PoolWindows.ofOutputs(spec, x, shape);
    PoolWindows inputs = PoolWindows.ofInputs(spec, x, shape);
    float[] weights = inputs.weights();
    int n = Math.max(1, shape.dim(3));
    for (int k = 0; k < weights.length; k++) {
      int output = inputs.offsets()[k] / n;
      weights[k] = 1f / (countPadding ? area(spec, x, shape, output) : outputs.count(output));
    }
    Tensor dx = Tensor.uninitialized(x);
    weigh(inputs, dy, dx);
    return dx;
  }

  /**
   * The mean of each channel's image: {@code [C, H, W, N]} to {@code [C, N]}.
   *
   * @throws IllegalArgumentException if x has other axes, or no pixels
   */
  public static Tensor globalAverage(Tensor x) {
    Shape shape = x.shape();
    Tensor y = average(x, global("global average pooling", shape), true);
    return y.reshape(Shape.of(shape.dim(0), shape.dim(3)));
  }

  /**
   * dx[c, h, w, n] = dy[c, n] / (H W).
   *
   * @param dy upstream, {@code [C, N]}
   * @param x the shape of x, {@code [C, H, W, N]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor globalAverageGradient(Tensor dy, Shape x) {
    PoolSpec spec = global("global average pooling gradient", x);
    check("global average pooling gradient", "dy", dy, Shape.of(x.dim(0), x.dim(3)));
    return averageGradient(dy.reshape(Shape.of(x.dim(0), 1, 1, x.dim(3))), x, spec, true);
  }

  private static PoolSpec global(String operation, Shape x) {
    if (x.rank() != 4 || x.dim(1) == 0 || x.dim(2) == 0) {
      throw new IllegalArgumentException(
          operation + ": x " + x + " must be [C, H, W, N], with a pixel at least");
    }
    return PoolSpec.global(x.dim(1), x.dim(2));
  }

  /** How many elements of the image and its padding the window of an output has. */
  private static int area(PoolSpec spec, Shape x, Shape y, int output) {
    int top = output / y.dim(2) * spec.strideH();
    int left = output % y.dim(2) * spec.strideW();
    int height = Math.min(spec.kernelH(), x.dim(1) + spec.padTop() + spec.padBottom() - top);
    int width = Math.min(spec.kernelW(), x.dim(2) + spec.padLeft() + spec.padRight() - left);
    return height * width;
  }

  /** to[t] = the weighted sum of the places in from that t lists, in each channel. */
  private static void weigh(PoolWindows windows, Tensor from, Tensor to) {
    SparseKernels kernels = KernelChoice.chosen().sparse();
    float[] weights = windows.weights();
    int n = to.shape().dim(3);
    Shape larger = from.size() > to.size() ? from.shape() : to.shape();
    forChannels(
        larger,
        c -> {
          int fromAt = from.offset() + c * channel(from.shape());
          int toAt = to.offset() + c * channel(to.shape());
          for (int t = 0; t < windows.targets(); t++) {
            kernels.row(
                n,
                0f,
                weights,
                windows.offsets(),
                windows.start(t),
                windows.start(t + 1),
                from.data(),
                fromAt,
                to.data(),
                toAt + t * n);
          }
        });
  }

  private static int channel(Shape shape) {
    return shape.dim(1) * shape.dim(2) * shape.dim(3);
  }

  private static void forChannels(Shape x, IntConsumer body) {
    int grain = GRAIN / Math.max(1, channel(x)) + 1;
    Parallel.forRange(
        x.dim(3) == 0 ? 0 : x.dim(0),
        grain,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            body.accept(c);
          }
        });
  }

  private static void check(String operation, String name, Tensor t, Shape expected) {
    if (!t.shape().equals(expected)) {
      throw new IllegalArgumentException(
          operation + ": " + name + " is " + t.shape() + ", must be " + expected);
    }
  }
}
