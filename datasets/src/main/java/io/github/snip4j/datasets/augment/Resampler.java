package io.github.snip4j.datasets.augment;

import java.util.Arrays;
import org.joml.Matrix3x2f;

/**
 * Writes pictures of one shape as normalised numbers, transformed.
 *
 * <p>A transform that only mirrors and moves by whole pixels copies exactly; any other mixes the
 * four nearest pixels (bilinear). What lies outside of the picture is 0 after normalisation.
 */
public final class Resampler {
  private static final int VALUES = 256;

  private final int channels;
  private final int height;
  private final int width;
  private final float[] table;

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
    float middleX = (width - 1) / 2f;
    float middleY = (height - 1) / 2f;
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float dx = x - middleX;
        float dy = y - middleY;
        float sx = back.m00 * dx + back.m10 * dy + back.m20 + middleX;
        float sy = back.m01 * dx + back.m11 * dy + back.m21 + middleY;
        int x0 = (int) Math.floor(sx);
        int y0 = (int) Math.floor(sy);
        float right = sx - x0;
        float below = sy - y0;
        int at = offset + y * width + x;
        boolean inside = x0 >= 0 && y0 >= 0 && x0 < width - 1 && y0 < height - 1;
        for (int c = 0; c < channels; c++) {
          int source = from + c * plane;
          float v00;
          float v01;
          float v10;
          float v11;
          if (inside) {
            int p = source + y0 * width + x0;
            int values = c * VALUES;
            v00 = table[values + (pixels[p] & 0xff)];
            v01 = table[values + (pixels[p + 1] & 0xff)];
            v10 = table[values + (pixels[p + width] & 0xff)];
            v11 = table[values + (pixels[p + width + 1] & 0xff)];
          } else {
            v00 = value(pixels, source, c, x0, y0);
            v01 = value(pixels, source, c, x0 + 1, y0);
            v10 = value(pixels, source, c, x0, y0 + 1);
            v11 = value(pixels, source, c, x0 + 1, y0 + 1);
          }
          float above = v00 + right * (v01 - v00);
          float under = v10 + right * (v11 - v10);
          to[at + c * plane] = above + below * (under - above);
        }
      }
    }
  }

  private float value(byte[] pixels, int source, int c, int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height
        ? 0
        : table[c * VALUES + (pixels[source + y * width + x] & 0xff)];
  }
}
