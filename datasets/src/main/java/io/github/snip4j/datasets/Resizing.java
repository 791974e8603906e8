package io.github.snip4j.datasets;

import java.util.Arrays;
import org.joml.Matrix3x2f;
import org.joml.Vector2f;

/**
 * Makes pictures of another size, bilinearly: pixels are squares, and the corners of the picture
 * stay its corners. Where it becomes smaller, each new pixel is the mean of as many points, evenly
 * placed within it, as old ones fall upon it, so that nothing between them is lost. The ratio of
 * width to height is not kept.
 */
final class Resizing {
  private final int channels;
  private final int height;
  private final int width;
  private final ReadOptions.Size size;
  private final float[] xs; // of each point in a row of new pixels: where it lies in the old row
  private final float[] ys;

  /** From pictures {@code [channels, height, width]}. */
  Resizing(int channels, int height, int width, ReadOptions.Size size) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.size = size;
    float scaleX = (float) width / size.width();
    float scaleY = (float) height / size.height();
    Matrix3x2f toOld =
        new Matrix3x2f().translate(-0.5f, -0.5f).scale(scaleX, scaleY).translate(0.5f, 0.5f);
    int perX = (width - 1) / size.width() + 1;
    int perY = (height - 1) / size.height() + 1;
    xs = new float[size.width() * perX];
    ys = new float[size.height() * perY];
    Vector2f point = new Vector2f();
    for (int i = 0; i < xs.length; i++) {
      toOld.transformPosition(point.set((i + 0.5f) / perX - 0.5f, 0));
      xs[i] = Math.max(0, Math.min(width - 1, point.x));
    }
    for (int i = 0; i < ys.length; i++) {
      toOld.transformPosition(point.set(0, (i + 0.5f) / perY - 0.5f));
      ys[i] = Math.max(0, Math.min(height - 1, point.y));
    }
  }

  /**
   * Resizes one picture.
   *
   * @param from its planes, from {@code start} on
   * @param to modified, from {@code offset} on
   */
  void write(byte[] from, int start, byte[] to, int offset) {
    int perX = xs.length / size.width();
    int perY = ys.length / size.height();
    float[] sums = new float[size.width()];
    int at = offset;
    for (int c = 0; c < channels; c++) {
      int plane = start + c * height * width;
      for (int y = 0; y < size.height(); y++) {
        Arrays.fill(sums, 0);
        for (int j = y * perY; j < (y + 1) * perY; j++) {
          addRow(from, plane, ys[j], perX, sums);
        }
        for (int x = 0; x < size.width(); x++) {
          to[at++] = (byte) Math.round(sums[x] / (perX * perY));
        }
      }
    }
  }

  private void addRow(byte[] from, int plane, float y, int perX, float[] sums) {
    int above = plane + (int) y * width;
    int below = plane + Math.min(height - 1, (int) y + 1) * width;
    float down = y - (int) y;
    for (int i = 0; i < xs.length; i++) {
      int left = (int) xs[i];
      int right = Math.min(width - 1, left + 1);
      float over = xs[i] - left;
      float upper = mix(from[above + left], from[above + right], over);
      float lower = mix(from[below + left], from[below + right], over);
      sums[i / perX] += upper + down * (lower - upper);
    }
  }

  private static float mix(byte a, byte b, float share) {
    int first = a & 0xff;
    return first + share * ((b & 0xff) - first);
  }
}
