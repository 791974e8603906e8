package io.github.snip4j.datasets.augment;

import java.util.Arrays;
import org.joml.Matrix3x2f;

/**
 * Writes pictures of one shape as normalised numbers, transformed.
 *
 * <p>A transform that only mirrors and moves by whole pixels copies exactly; any other mixes the
 * four nearest pixels (bilinear). What lies outside of the picture is 0 after normalisation. It has
 * a buffer of its own, so it serves one thread.
 */
public final class Resampler {
  private static final int VALUES = 256;
  private static final int PADDING = 3;

  private final int channels;
  private final int height;
  private final int width;
  private final float[] table;
  private float[] padded = {};

  /**
   * For pictures {@code [channels, height, width]}.
   *
   * @param table what each of the 256 values becomes, one channel after the other, shared
   */
  public Resampler(int channels, int height, int width, float[] table) {
    if (table.length != channels * VALUES) {
      throw new IllegalArgumentException(
          "resampler: a table of " + table.length + " values for " + channels + " channels");
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.table = table;
  }

  /**
   * Writes one picture, {@code [C, H, W]}.
   *
   * @param from where it begins in {@code pixels}, which is not modified
   * @param transform where things go; modified
   * @param to modified, from {@code offset} on
   */
  public void write(byte[] pixels, int from, Matrix3x2f transform, float[] to, int offset) {
    if (isWholePixel(transform)) {
      copy(pixels, from, transform, to, offset);
    } else {
      interpolate(pixels, from, transform.invert(), to, offset);
    }
  }

  private static boolean isWholePixel(Matrix3x2f t) {
    return t.m01 == 0
        && t.m10 == 0
        && Math.abs(t.m00) == 1
        && Math.abs(t.m11) == 1
        && t.m20 == Math.rint(t.m20)
        && t.m21 == Math.rint(t.m21)
        && Math.abs(t.m20) < 1 << 20
        && Math.abs(t.m21) < 1 << 20;
  }

  /** Pixel x goes to sign x + shift, so what is at x comes from sign (x - shift). */
  private void copy(byte[] pixels, int from, Matrix3x2f t, float[] to, int offset) {
    int stepX = (int) t.m00;
    int stepY = (int) t.m11;
    int startX = (stepX > 0 ? 0 : width - 1) - stepX * (int) t.m20;
    int startY = (stepY > 0 ? 0 : height - 1) - stepY * (int) t.m21;
    int left = Math.max(0, Math.min(width, (int) t.m20)); // first column that comes from inside
    int right = Math.max(left, Math.min(width, width + (int) t.m20));
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        int row = offset + (c * height + y) * width;
        int sourceY = startY + stepY * y;
        if (sourceY < 0 || sourceY >= height) {
          Arrays.fill(to, row, row + width, 0);
          continue;
        }
        Arrays.fill(to, row, row + left, 0);
        int source = from + (c * height + sourceY) * width + startX + stepX * left;
        for (int x = left; x < right; x++, source += stepX) {
          to[row + x] = table[c * VALUES + (pixels[source] & 0xff)];
        }
        Arrays.fill(to, row + right, row + width, 0);
      }
    }
  }

  private void interpolate(byte[] pixels, int from, Matrix3x2f back, float[] to, int offset) {
    pad(pixels, from);
    int wide = width + PADDING;
    int paddedPlane = (height + PADDING) * wide;
    float middleX = (width - 1) / 2f;
    float middleY = (height - 1) / 2f;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float dx = x - middleX;
        float dy = y - middleY;
        float sx = back.m00 * dx + back.m10 * dy + back.m20 + middleX;
        float sy = back.m01 * dx + back.m11 * dy + back.m21 + middleY;
        float px = within(sx + 1, width + 1); // in the padded picture, from 0 on
        float py = within(sy + 1, height + 1);
        int x0 = (int) px;
        int y0 = (int) py;
        float right = px - x0;
        float below = py - y0;
        int p = y0 * wide + x0;
        int at = offset + y * width + x;
        for (int c = 0; c < channels; c++) {
          float above = padded[p] + right * (padded[p + 1] - padded[p]);
          float under = padded[p + wide] + right * (padded[p + wide + 1] - padded[p + wide]);
          to[at] = above + below * (under - above);
          p += paddedPlane;
          at += height * width;
        }
      }
    }
  }

  /** Clamps to [0, most]; Math.min and Math.max take longer, for the sake of -0 and NaN. */
  private static float within(float value, float most) {
    return value > 0 ? value < most ? value : most : 0;
  }

  /** The picture as numbers, in a frame of zeros: one before, two behind, along each axis. */
  private void pad(byte[] pixels, int from) {
    int wide = width + PADDING;
    if (padded.length == 0) {
      padded = new float[channels * (height + PADDING) * wide];
    }
    int source = from;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        int row = (c * (height + PADDING) + y + 1) * wide + 1;
        for (int x = 0; x < width; x++) {
          padded[row + x] = table[c * VALUES + (pixels[source++] & 0xff)];
        }
      }
    }
  }
}
