package io.github.snip4j.nn.predict;

import io.github.snip4j.core.conv.Conv2dSpec;
import java.util.Arrays;

/**
 * A picture laid out for a convolution: with its padding, and for strides above 1 taken apart, so
 * that what one tap of a filter meets lies side by side. Pixel (y, x) of the padded picture is in
 * plane (y mod stride, x mod stride) at (y / stride, x / stride).
 *
 * <p>At a stride of 1 the zeros to the right of a row are those to the left of the next: a picture
 * of 8 x 8 with one column of zeros on each side takes nine columns, not ten.
 */
final class PaddedPhases {
  private static final int VECTOR = 16; // as many numbers as the longest has

  final int outH;
  final int outW;
  final int pitch; // of a row of a plane
  final int plane; // numbers of a plane
  final int channel; // numbers of a channel
  private final int[] planes; // where the plane of a phase begins in a channel; -1: no tap meets it
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
    int shared = conv.strideW() == 1 ? Math.min(conv.padLeft(), conv.padRight()) : 0;
    this.pitch = (paddedW - shared - 1) / conv.strideW() + 1;
    this.plane = ((paddedH - 1) / conv.strideH() + 1) * pitch;
    this.planes = new int[conv.strideH() * conv.strideW()];
    Arrays.fill(planes, -1);
    int met = 0;
    for (int tap = 0; tap < kernelH * kernelW; tap++) {
      int phase = phase(tap / kernelW * conv.dilationH(), tap % kernelW * conv.dilationW());
      if (planes[phase] < 0) {
        planes[phase] = plane * met++;
      }
    }
    this.channel = plane * met;
  }

  private int phase(int y, int x) {
    return y % conv.strideH() * conv.strideW() + x % conv.strideW();
  }

  /** How many numbers the layout has, and as many beside as a tap may reach beyond its end. */
  int size() {
    return channels * channel + pitch + VECTOR;
  }

  /**
   * How many numbers of a plane an output has, those between its rows included, in whole vectors.
   */
  int run() {
    int span = (outH - 1) * pitch + outW;
    return (span + VECTOR - 1) / VECTOR * VECTOR;
  }

  /** How many pixels an output has. */
  int pixels() {
    return outH * outW;
  }

  /** Copies an output's rows, without what is between them, to where they lie side by side. */
  void copyRows(float[] run, int at, float[] to, int toAt) {
    for (int row = 0; row < outH; row++) {
      System.arraycopy(run, at + row * pitch, to, toAt + row * outW, outW);
    }
  }

  /** Where what the tap (ky, kx) of a filter meets begins, in the layout. */
  int tap(int c, int ky, int kx) {
    int y = ky * conv.dilationH();
    int x = kx * conv.dilationW();
    int begin = c * channel + planes[phase(y, x)];
    return begin + y / conv.strideH() * pitch + x / conv.strideW();
  }

  void layOut(float[] x, float[] to) {
    Arrays.fill(to, 0, size(), 0f);
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < h; row++) {
        int y = row + conv.padTop();
        int line = c * channel + y / conv.strideH() * pitch;
        for (int phase = 0; phase < conv.strideW(); phase++) {
          int begin = planes[phase(y, phase)];
          if (begin >= 0) {
            copy(x, (c * h + row) * w, phase, to, line + begin);
          }
        }
      }
    }
  }

  /** Those columns of a row that are in a phase. */
  private void copy(float[] x, int from, int phase, float[] to, int line) {
    int stride = conv.strideW();
    if (stride == 1) {
      System.arraycopy(x, from, to, line + conv.padLeft(), w);
      return;
    }
    int first = Math.floorMod(phase - conv.padLeft(), stride);
    int at = line + (first + conv.padLeft()) / stride;
    int count = (w - first + stride - 1) / stride;
    for (int i = 0; i < count; i++) { // counted, for the compiler
      to[at + i] = x[from + first + i * stride];
    }
  }
}
