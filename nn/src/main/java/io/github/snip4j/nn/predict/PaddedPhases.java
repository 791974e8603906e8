package io.github.snip4j.nn.predict;

import io.github.snip4j.core.conv.Conv2dSpec;
import java.util.Arrays;

/**
 * A picture laid out for a convolution: with its padding, and for strides above 1 taken apart, so
 * that what one tap of a filter meets lies side by side. Pixel (y, x) of the padded picture is in
 * plane (y mod stride, x mod stride) at (y / stride, x / stride).
 */
final class PaddedPhases {
  final int outH;
  final int outW;
  final int pitch; // of a row of a plane
  final int plane; // numbers of a plane
  final int channel; // numbers of a channel
  private final int channels;
  private final int h;
  private final int w;
  private final Conv2dSpec conv;

  PaddedPhases(int channels, int h, int w, int kernelH, int kernelW, Conv2dSpec conv) {
    this.channels = channels;
    this.h = h;
    this.w = w;
    this.conv = conv;
    this.outH = conv.outputHeight(h, kernelH);
    this.outW = conv.outputWidth(w, kernelW);
    int paddedH = h + conv.padTop() + conv.padBottom();
    int paddedW = w + conv.padLeft() + conv.padRight();
    this.pitch = (paddedW - 1) / conv.strideW() + 1;
    this.plane = ((paddedH - 1) / conv.strideH() + 1) * pitch;
    this.channel = plane * conv.strideH() * conv.strideW();
  }

  /** How many numbers the layout has, and as many beside as a tap may reach beyond its end. */
  int size() {
    return channels * channel + pitch;
  }

  /** How many numbers of a plane an output has, those between its rows included. */
  int span() {
    return outH * pitch;
  }

  /** Where what the tap (ky, kx) of a filter meets begins, in the layout. */
  int tap(int c, int ky, int kx) {
    int y = ky * conv.dilationH();
    int x = kx * conv.dilationW();
    int phase = y % conv.strideH() * conv.strideW() + x % conv.strideW();
    return c * channel + phase * plane + y / conv.strideH() * pitch + x / conv.strideW();
  }

  /** Whether the layout is the picture itself. */
  boolean isPicture() {
    return conv.strideH() == 1 && conv.strideW() == 1 && pitch == w && plane == h * w;
  }

  void layOut(float[] x, float[] to) {
    Arrays.fill(to, 0, size(), 0f);
    int sh = conv.strideH();
    int sw = conv.strideW();
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < h; row++) {
        int y = row + conv.padTop();
        int from = (c * h + row) * w;
        int line = c * channel + y % sh * sw * plane + y / sh * pitch;
        if (sw == 1) {
          System.arraycopy(x, from, to, line + conv.padLeft(), w);
        } else {
          for (int column = 0; column < w; column++) {
            int at = column + conv.padLeft();
            to[line + at % sw * plane + at / sw] = x[from + column];
          }
        }
      }
    }
  }
}
