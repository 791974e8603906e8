package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.tensor.Shape;

/**
 * A convolution as a parameter names it: channels in, channels out, width of the filter, of the
 * picture, and batch, as in {@code 64-64-3-32-128}. Filters of 3 x 3 keep the picture's size,
 * others see no padding.
 */
record ConvolutionLayer(int in, int out, int filter, int width, int batch) {
  static ConvolutionLayer of(String text) {
    int[] n = MadeUp.numbers(text);
    return new ConvolutionLayer(n[0], n[1], n[2], n[3], n[4]);
  }

  Conv2dSpec spec() {
    return Conv2dSpec.VALID.withPadding(filter == 3 ? 1 : 0);
  }

  Shape weights() {
    return Shape.of(out, in, filter, filter);
  }

  Shape input() {
    return Shape.of(in, width, width, batch);
  }

  Shape output() {
    int side = spec().outputWidth(width, filter);
    return Shape.of(out, side, side, batch);
  }

  /**
   * The share of weights that SNIP leaves in this layer, as measured: of the VGG-like network's at
   * 97 %, of LeNet-5-Caffe's at 98 % sparsity of the whole.
   */
  double snipDensity() {
    return switch (in) {
      case 1 -> 0.66;
      case 20 -> 0.14;
      case 64 -> 0.32;
      case 128 -> 0.22;
      case 256 -> 0.07;
      default -> 0.02;
    };
  }
}
