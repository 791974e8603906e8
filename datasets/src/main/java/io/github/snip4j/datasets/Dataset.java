package io.github.snip4j.datasets;

import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Pictures as bytes with a label each, in a fixed order. Immutable. */
public final class Dataset {
  private static final int MOST_CLASSES = 256; // a label is a byte

  private final Shape example;
  private final List<String> classNames;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * Pictures and labels over these arrays.
   *
   * @param example the shape of one picture, {@code [C, H, W]}
   * @param classNames one for each of the labels 0, 1, ...
   * @param pixels one picture after the other, shared, not to be modified from then on
   * @param labels one per picture, unsigned, likewise
   * @throws IllegalArgumentException if the lengths do not fit or a label is no class
   */
  public Dataset(Shape example, List<String> classNames, byte[] pixels, byte[] labels) {
    if (example.rank() != 3) {
      throw new IllegalArgumentException("dataset: pictures of " + example + ": not [C, H, W]");
    }
    if (classNames.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "dataset: " + classNames.size() + " classes: expected at most " + MOST_CLASSES);
    }
    if (pixels.length != (long) labels.length * example.size()) {
      throw new IllegalArgumentException(
          pixels.length + " pixels for " + labels.length + " labels of shape " + example);
    }
    for (byte label : labels) {
      if ((label & 0xff) >= classNames.size()) {
        throw new IllegalArgumentException(
            "label " + (label & 0xff) + " is not among the " + classNames.size() + " classes");
      }
    }
    this.example = example;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.labels = labels;
  }

  /** The shape of one picture, {@code [C, H, W]}. */
  public Shape example() {
    return example;
  }

  /** How many classes there are. */
  public int classes() {
    return classNames.size();
  }

  /** What the classes are called, in the order of the labels. */
  public List<String> classNames() {
    return classNames;
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

  /** These pictures under other labels; errors as the constructor's. */
  public Dataset withLabels(byte[] others) {
    return new Dataset(example, classNames, pixels, others);
  }

  /** Negatives of the pictures: each pixel is 255 minus what it was. */
  public Dataset inverted() {
    byte[] negative = new byte[pixels.length];
    for (int i = 0; i < negative.length; i++) {
      negative[i] = (byte) ~pixels[i];
    }
    return new Dataset(example, classNames, negative, labels);
  }

  byte[] pixels() {
    return pixels;
  }

  /**
   * A digest (SHA-256, in hexadecimal) of all that makes this dataset: the shape of a picture, the
   * names of the classes, every pixel and every label. Reads all of it.
   */
  public String sha256() {
    MessageDigest digest = Sha256.start();
    digest.update((example + "\n" + classNames + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(pixels);
    digest.update(labels);
    return Sha256.hex(digest);
  }
}
