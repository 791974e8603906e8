package io.github.snip4j.core.conv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a filter moves over an image, as PyTorch's {@code conv2d}, but with padding per side. What it
 * computes is the cross-correlation, as everywhere in the field: the filter is not flipped.
 *
 * @param strideH rows from one output to the next
 * @param strideW columns from one output to the next
 * @param dilationH rows from one tap of the filter to the next
 * @param dilationW columns from one tap of the filter to the next
 * @param groups channels are divided into so many groups, each seen by its own filters
 * @param padTop rows of zeros before the first
 * @param padBottom rows of zeros after the last
 * @param padLeft columns of zeros before the first
 * @param padRight columns of zeros after the last
 */
public record Conv2dSpec(
    int strideH,
    int strideW,
    int dilationH,
    int dilationW,
    int groups,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight) {

  /** Stride, dilation and groups of 1, no padding. */
  public static final Conv2dSpec VALID = new Conv2dSpec(1, 1, 1, 1, 1, 0, 0, 0, 0);

  /** Checks the ranges. */
  public Conv2dSpec {
    check("stride", strideH, 1);
    check("stride", strideW, 1);
    check("dilation", dilationH, 1);
    check("dilation", dilationW, 1);
    check("groups", groups, 1);
    check("padding", padTop, 0);
    check("padding", padBottom, 0);
    check("padding", padLeft, 0);
    check("padding", padRight, 0);
  }

  @Override
  public boolean equals(@Nullable Object other) { // not the JDK's: it is part of a Layout.Key
    return other instanceof Conv2dSpec spec && Arrays.equals(numbers(), spec.numbers());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers());
  }

  private int[] numbers() {
    return new int[] {
      strideH, strideW, dilationH, dilationW, groups, padTop, padBottom, padLeft, padRight
    };
  }

  private static void check(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "conv2d: " + what + " " + value + ": expected " + least + " or more");
    }
  }

  /** This with one stride for rows and columns. */
  public Conv2dSpec withStride(int stride) {
    return new Conv2dSpec(
        stride, stride, dilationH, dilationW, groups, padTop, padBottom, padLeft, padRight);
  }

  /** This with one dilation for rows and columns. */
  public Conv2dSpec withDilation(int dilation) {
    return new Conv2dSpec(
        strideH, strideW, dilation, dilation, groups, padTop, padBottom, padLeft, padRight);
  }

  /** This with so many groups. */
  public Conv2dSpec withGroups(int count) {
    return new Conv2dSpec(
        strideH, strideW, dilationH, dilationW, count, padTop, padBottom, padLeft, padRight);
  }

  /** This with one padding for all sides. */
  public Conv2dSpec withPadding(int padding) {
    return withPadding(padding, padding, padding, padding);
  }

  /** This with padding per side. */
  public Conv2dSpec withPadding(int top, int bottom, int left, int right) {
    return new Conv2dSpec(strideH, strideW, dilationH, dilationW, groups, top, bottom, left, right);
  }

  /**
   * This with TensorFlow's SAME padding: ceil(in / stride) outputs; of an odd number of zeros the
   * larger half comes after.
   */
  public Conv2dSpec withSamePadding(int height, int width, int kernelH, int kernelW) {
    int rows = samePadding(height, kernelH, strideH, dilationH);
    int columns = samePadding(width, kernelW, strideW, dilationW);
    return withPadding(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
  }

  private static int samePadding(int in, int kernel, int stride, int dilation) {
    int out = (in + stride - 1) / stride;
    return Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in);
  }

  /** The number of output rows; below 1 if the filter is larger than the padded image. */
  public int outputHeight(int height, int kernelH) {
    return Math.floorDiv(height + padTop + padBottom - (kernelH - 1) * dilationH - 1, strideH) + 1;
  }

  /** The number of output columns; below 1 if the filter is larger than the padded image. */
  public int outputWidth(int width, int kernelW) {
    return Math.floorDiv(width + padLeft + padRight - (kernelW - 1) * dilationW - 1, strideW) + 1;
  }
}
