package io.github.snip4j.bench.report;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Mask;
import java.util.Arrays;

/**
 * How many connections each input pixel keeps to the units of a fully connected first layer: the
 * paper's figure 2, with counts in place of means.
 */
public final class KeptPixels {
  private final int height;
  private final int width;
  private final int units;
  private final int[] counts;

  private KeptPixels(int height, int width, int units) {
    this.height = height;
    this.width = width;
    this.units = units;
    this.counts = new int[height * width];
  }

  /** Whether a layer is connected to each pixel of its input, which is {@code [C, H, W]}. */
  public static boolean canBeSeen(Shape weights, Shape input) {
    return input.rank() == 3 && weights.rank() == 2 && weights.dim(1) == input.size();
  }

  /**
   * Counts.
   *
   * @param mask of {@code [units, C H W]}
   * @param input {@code [C, H, W]}; the channels of a pixel are added up
   * @throws IllegalArgumentException unless these can be seen
   */
  public static KeptPixels of(Mask mask, Shape input) {
    if (!canBeSeen(mask.shape(), input)) {
      throw new IllegalArgumentException(
          "kept pixels: mask " + mask.shape() + ": expected [units, " + input.size() + "]");
    }
    int units = mask.shape().dim(0) * input.dim(0);
    KeptPixels pixels = new KeptPixels(input.dim(1), input.dim(2), units);
    for (int position : mask.keptPositions()) {
      pixels.counts[position % pixels.counts.length]++;
    }
    return pixels;
  }

  /** What a pixel has at most. */
  public int most() {
    return Arrays.stream(counts).max().orElse(0);
  }

  int at(int y, int x) {
    return counts[y * width + x];
  }

  /**
   * The picture.
   *
   * @param most the count that has the brightest colour
   */
  public Picture picture(int most) {
    Picture picture = new Picture(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.set(x, y, Palette.AMOUNT.at((double) at(y, x) / Math.max(1, most)));
      }
    }
    return picture;
  }

  /** The picture in words. */
  String words() {
    long connected = Arrays.stream(counts).filter(count -> count > 0).count();
    int total = Arrays.stream(counts).sum();
    int middle = 0;
    for (int y = height / 4; y < height - height / 4; y++) {
      for (int x = width / 4; x < width - width / 4; x++) {
        middle += at(y, x);
      }
    }
    return (Format.count(connected) + " of " + Format.count(counts.length))
        + (" pixels keep one of " + Format.count(total) + " connections, each at most " + most())
        + (" of its " + Format.count(units) + "; the middle quarter of the picture has ")
        + Format.percent(total == 0 ? 0 : (double) middle / total)
        + " of all";
  }
}
