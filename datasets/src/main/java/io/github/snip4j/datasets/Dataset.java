package io.github.snip4j.datasets;

import io.github.snip4j.core.tensor.Shape;

/** Pictures as bytes with a label each, in a fixed order. Immutable. */
public final class Dataset {
  private final Shape example;
  private final int classes;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * @param example the shape of one picture, {@code [C, H, W]}
   * @param classes labels are 0 .. classes-1
   * @param pixels one picture after the other, shared
   * @param labels one per picture, shared
   * @throws IllegalArgumentException if the lengths do not fit or a label is no class
   */
  Dataset(Shape example, int classes, byte[] pixels, byte[] labels) {
    if (pixels.length != (long) labels.length * example.size()) {
      throw new IllegalArgumentException(
          pixels.length + " pixels for " + labels.length + " labels of shape " + example);
    }
    for (byte label : labels) {
      if ((label & 0xff) >= classes) {
        throw new IllegalArgumentException(
            "label " + (label & 0xff) + " is not among the " + classes + " classes");
      }
    }
    this.example = example;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** The shape of one picture, {@code [C, H, W]}. */
  public Shape example() {
    return example;
  }

  public int classes() {
    return classes;
  }

  /** The number of pictures. */
  public int size() {
    return labels.length;
  }

  /** The class of one picture. */
  public int label(int index) {
    return labels[index] & 0xff;
  }

  /** The value of one pixel, 0 to 255; pixels are counted row-major within the picture. */
  public int pixel(int index, int position) {
    return pixels[index * example.size() + position] & 0xff;
  }

  byte[] pixels() {
    return pixels;
  }
}
