package io.github.snip4j.core.conv;

import io.github.snip4j.core.tensor.Shape;

/**
 * The windows of a pooling: how large, how far apart, and what is put around the image.
 *
 * @param kernelH rows of a window
 * @param kernelW columns of a window
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 * @param padTop rows above the image; each padding is less than the kernel, so that no window lies
 *     outside
 * @param padBottom rows below it
 * @param padLeft columns before it
 * @param padRight columns after it
 * @param roundUp whether a last window that reaches over the edge, padding included, is taken too
 *     (PyTorch's {@code ceil_mode}) if it begins within the image or the padding before it; what
 *     lies over the edge belongs to no window
 */
public record PoolSpec(
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight,
    boolean roundUp) {

  /**
   * Any windows.
   *
   * @throws IllegalArgumentException if a kernel or stride is not positive, or a padding negative
   *     or not less than the kernel
   */
  public PoolSpec {
    if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1) {
      throw new IllegalArgumentException(
          ("pooling: kernel " + kernelH + "x" + kernelW)
              + (" and stride " + strideH + "x" + strideW + " must be positive"));
    }
    if (outside(padTop, kernelH)
        || outside(padBottom, kernelH)
        || outside(padLeft, kernelW)
        || outside(padRight, kernelW)) {
      throw new IllegalArgumentException(
          ("pooling: paddings " + padTop + ", " + padBottom + " (top, bottom), " + padLeft)
              + (", " + padRight + " (left, right) must be at least 0 and less than the kernel ")
              + (kernelH + "x" + kernelW));
    }
  }

  /** Windows none of which reaches over the edge; errors as there. */
  public PoolSpec(
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int padTop,
      int padBottom,
      int padLeft,
      int padRight) {
    this(kernelH, kernelW, strideH, strideW, padTop, padBottom, padLeft, padRight, false);
  }

  /** These windows, and last ones that reach over the edge (PyTorch's ceil_mode). */
  public PoolSpec roundedUp() {
    return new PoolSpec(
        kernelH, kernelW, strideH, strideW, padTop, padBottom, padLeft, padRight, true);
  }

  private static boolean outside(int pad, int kernel) {
    return pad < 0 || pad >= kernel;
  }

  /** Square windows that touch: the stride is the kernel, nothing is padded. */
  public static PoolSpec square(int kernel) {
    return square(kernel, kernel, 0);
  }

  /** Square windows with the same padding on all sides. */
  public static PoolSpec square(int kernel, int stride, int padding) {
    return new PoolSpec(kernel, kernel, stride, stride, padding, padding, padding, padding);
  }

  /** One window over a whole image. */
  public static PoolSpec global(int h, int w) {
    return new PoolSpec(h, w, h, w, 0, 0, 0, 0);
  }

  /**
   * What comes out: {@code [C, (H + pad - kernel) / stride + 1, likewise for W, N]}, the quotient
   * rounded down or up.
   *
   * @param x {@code [C, H, W, N]}
   * @throws IllegalArgumentException if it has other axes, or the windows do not fit into it
   */
  public Shape output(String operation, Shape x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(operation + ": x " + x + " must be [C, H, W, N]");
    }
    int roomH = x.dim(1) + padTop + padBottom - kernelH;
    int roomW = x.dim(2) + padLeft + padRight - kernelW;
    if (roomH < 0 || roomW < 0 || x.dim(1) == 0 || x.dim(2) == 0) {
      throw new IllegalArgumentException(
          operation + ": windows of " + kernelH + "x" + kernelW + " do not fit into x " + x);
    }
    return Shape.of(
        x.dim(0),
        windows(roomH, strideH, x.dim(1) + padTop),
        windows(roomW, strideW, x.dim(2) + padLeft),
        x.dim(3));
  }

  /**
   * How many windows there are in one direction.
   *
   * @param room by how much the first can move
   * @param beginBefore where each has to begin before
   */
  private int windows(int room, int stride, int beginBefore) {
    int down = room / stride + 1;
    boolean oneMore = roundUp && room % stride > 0 && down * stride < beginBefore;
    return oneMore ? down + 1 : down;
  }
}
