package io.github.snip4j.core.conv;

/**
 * How a filter moves along a sequence, as PyTorch's {@code conv1d}, but with padding per side.
 *
 * @param stride steps from one output to the next
 * @param dilation steps from one tap of the filter to the next
 * @param groups channels are divided into so many groups, each seen by its own filters
 * @param padBefore zeros before the first step; with {@code (K - 1) dilation} of them and none
 *     after, an output sees nothing that comes later
 * @param padAfter zeros after the last step
 */
public record Conv1dSpec(int stride, int dilation, int groups, int padBefore, int padAfter) {
  /** Stride, dilation and groups of 1, no padding. */
  public static final Conv1dSpec VALID = new Conv1dSpec(1, 1, 1, 0, 0);

  /** Checks the ranges. */
  public Conv1dSpec {
    check("stride", stride, 1);
    check("dilation", dilation, 1);
    check("groups", groups, 1);
    check("padding", padBefore, 0);
    check("padding", padAfter, 0);
  }

  private static void check(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "conv1d: " + what + " " + value + ": expected " + least + " or more");
    }
  }

  /** This with another stride. */
  public Conv1dSpec withStride(int steps) {
    return new Conv1dSpec(steps, dilation, groups, padBefore, padAfter);
  }

  /** This with another dilation. */
  public Conv1dSpec withDilation(int steps) {
    return new Conv1dSpec(stride, steps, groups, padBefore, padAfter);
  }

  /** This with so many groups. */
  public Conv1dSpec withGroups(int count) {
    return new Conv1dSpec(stride, dilation, count, padBefore, padAfter);
  }

  /** This with padding per side. */
  public Conv1dSpec withPadding(int before, int after) {
    return new Conv1dSpec(stride, dilation, groups, before, after);
  }

  /** The specification of the equal convolution of images that have one row. */
  public Conv2dSpec ofOneRow() {
    return new Conv2dSpec(1, stride, 1, dilation, groups, 0, 0, padBefore, padAfter);
  }
}
