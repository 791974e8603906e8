package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The sizes of one convolution, checked. Letters as in the architecture: C H W N, O, K. */
final class ConvShape {
  final Conv2dSpec spec;
  final int c;
  final int h;
  final int w;
  final int n;
  final int o;
  final int kernelH;
  final int kernelW;
  final int outH;
  final int outW;

  /** Input and output channels per group. */
  final int groupC;

  final int groupO;

  /** Terms of one output: taps of the filter times channels of a group. */
  final int terms;

  /**
   * @param x {@code [C, H, W, N]}
   * @param weights {@code [O, C/groups, kH, kW]}
   * @throws IllegalArgumentException if they do not fit together
   */
  ConvShape(Shape x, Shape weights, Conv2dSpec spec) {
    if (x.rank() != 4 || weights.rank() != 4) {
      throw wrong(x, weights, spec, "expected x [C, H, W, N] and w [O, C/groups, kH, kW]");
    }
    this.spec = spec;
    c = x.dim(0);
    h = x.dim(1);
    w = x.dim(2);
    n = x.dim(3);
    o = weights.dim(0);
    groupC = weights.dim(1);
    kernelH = weights.dim(2);
    kernelW = weights.dim(3);
    if (groupC * spec.groups() != c || o % spec.groups() != 0) {
      throw wrong(
          x,
          weights,
          spec,
          c
              + " channels in "
              + spec.groups()
              + " groups take filters of C/groups channels, and O"
              + " must be a multiple of groups");
    }
    groupO = o / spec.groups();
    if (kernelH < 1 || kernelW < 1) {
      throw wrong(x, weights, spec, "the filter is empty");
    }
    outH = spec.outputHeight(h, kernelH);
    outW = spec.outputWidth(w, kernelW);
    if (outH < 1 || outW < 1) {
      throw wrong(x, weights, spec, "the filter is larger than the padded image");
    }
    terms = groupC * kernelH * kernelW;
  }

  private static IllegalArgumentException wrong(
      Shape x, Shape weights, Conv2dSpec spec, String why) {
    return new IllegalArgumentException(
        "conv2d: x " + x + ", w " + weights + ", groups " + spec.groups() + ": " + why);
  }

  /** {@code [C, H, W, N]}. */
  Shape x() {
    return Shape.of(c, h, w, n);
  }

  /** {@code [O, C/groups, kH, kW]}. */
  Shape weights() {
    return Shape.of(o, groupC, kernelH, kernelW);
  }

  /** {@code [O, H_out, W_out, N]}. */
  Shape y() {
    return Shape.of(o, outH, outW, n);
  }

  void checkY(String what, Shape shape) {
    if (!shape.equals(y())) {
      throw new IllegalArgumentException(
          "conv2d: " + what + " " + shape + ": expected " + y() + ", the output's shape");
    }
  }

  void checkBias(@Nullable Tensor bias) {
    if (bias != null && !bias.shape().equals(Shape.of(o))) {
      throw new IllegalArgumentException(
          "conv2d: bias " + bias.shape() + ": expected [" + o + "], one per output channel");
    }
  }

  /** Rows and columns of the padded input that some output sees. */
  int seenH() {
    return (outH - 1) * spec.strideH() + (kernelH - 1) * spec.dilationH() + 1;
  }

  int seenW() {
    return (outW - 1) * spec.strideW() + (kernelW - 1) * spec.dilationW() + 1;
  }
}
