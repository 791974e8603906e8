package io.github.snip4j.datasets;

import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Examples with a label each, in a fixed order: pictures, whose pixels are bytes, or numbers, as of
 * a table. Immutable.
 */
public final class Dataset {
  private static final int LABELS_IN_A_BYTE = 256;
  private static final int CHUNK = 1 << 14; // numbers or labels digested at once

  private final Shape example;
  private final List<String> classNames;
  private final byte[] pixels; // empty where there are numbers
  private final float @Nullable [] numbers;
  private final int[] labels;
  private final List<String> features;

  /**
   * Pictures and labels over these arrays.
   *
   * @param example the shape of one picture, {@code [C, H, W]}
   * @param classNames one for each of the labels 0, 1, ...
   * @param pixels one picture after the other, shared, not to be modified from then on
   * @param labels one per picture, unsigned; copied
   * @throws IllegalArgumentException if the lengths do not fit or a label is no class
   */
  public Dataset(Shape example, List<String> classNames, byte[] pixels, byte[] labels) {
    this(example, classNames, pixels, unsigned(labels));
  }

  /**
   * Pictures and labels over these arrays, of any number of classes.
   *
   * @param labels one per picture, shared like the pixels
   * @throws IllegalArgumentException if the lengths do not fit or a label is no class
   */
  public Dataset(Shape example, List<String> classNames, byte[] pixels, int[] labels) {
    this(example, classNames, pixels, null, labels, List.of());
    if (example.rank() != 3) {
      throw new IllegalArgumentException("dataset: pictures of " + example + ": not [C, H, W]");
    }
  }

  private Dataset(
      Shape example,
      List<String> classNames,
      byte[] pixels,
      float @Nullable [] numbers,
      int[] labels,
      List<String> features) {
    int length = numbers == null ? pixels.length : numbers.length;
    if (length != (long) labels.length * example.size()) {
      throw new IllegalArgumentException(
          (length + (numbers == null ? " pixels" : " numbers") + " for " + labels.length)
              + (" labels of shape " + example));
    }
    for (int label : labels) {
      if (label < 0 || label >= classNames.size()) {
        throw new IllegalArgumentException(
            "label " + label + " is not among the " + classNames.size() + " classes");
      }
    }
    this.example = example;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.numbers = numbers;
    this.labels = labels;
    this.features = features;
  }

  /**
   * Examples that are numbers of any size, as the rows of a table.
   *
   * @param example the shape of one: {@code [F]} of a table, {@code [C, H, W]} of pictures
   * @param classNames one for each of the labels 0, 1, ...
   * @param numbers one example after the other, shared, not to be modified from then on
   * @param labels one per example, likewise
   * @throws IllegalArgumentException if the lengths do not fit, a label is no class, or a number is
   *     not finite
   */
  public static Dataset ofNumbers(
      Shape example, List<String> classNames, float[] numbers, int[] labels) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            "dataset: number " + i + " is " + numbers[i] + ": expected finite numbers");
      }
    }
    return new Dataset(example, classNames, new byte[0], numbers, labels, List.of());
  }

  private static int[] unsigned(byte[] labels) {
    int[] wide = new int[labels.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = labels[i] & 0xff;
    }
    return wide;
  }

  /** The shape of one example: {@code [C, H, W]} of pictures. */
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

  /** What the numbers of an example are called, as the columns of a table; empty if nobody says. */
  public List<String> features() {
    return features;
  }

  /** These examples with names for their numbers. */
  Dataset withFeatures(List<String> names) {
    return new Dataset(example, classNames, pixels, numbers, labels, List.copyOf(names));
  }

  /** The number of examples. */
  public int size() {
    return labels.length;
  }

  /** The class of one example. */
  public int label(int index) {
    return labels[index];
  }

  /** The classes of all examples, in order. */
  IntStream labels() {
    return Arrays.stream(labels);
  }

  /** Whether the examples are pictures with pixels from 0 to 255; if not, they are numbers. */
  public boolean hasPixels() {
    return numbers == null;
  }

  /**
   * The value of one pixel, 0 to 255; pixels are counted row-major within the picture.
   *
   * @throws IllegalArgumentException if the examples are numbers
   */
  public int pixel(int index, int position) {
    requirePixels("pixel");
    return pixels[index * example.size() + position] & 0xff;
  }

  /** One number of an example as it was read, a pixel's divided by 255; counted row-major. */
  public float number(int index, int position) {
    int at = index * example.size() + position;
    return numbers == null ? (pixels[at] & 0xff) / 255f : numbers[at];
  }

  /** These examples under other labels; errors as the constructor's. */
  public Dataset withLabels(int... others) {
    return new Dataset(example, classNames, pixels, numbers, others, features);
  }

  /**
   * Negatives of the pictures: each pixel is 255 minus what it was.
   *
   * @throws IllegalArgumentException if the examples are numbers
   */
  public Dataset inverted() {
    requirePixels("negatives");
    byte[] negative = new byte[pixels.length];
    for (int i = 0; i < negative.length; i++) {
      negative[i] = (byte) ~pixels[i];
    }
    return new Dataset(example, classNames, negative, labels);
  }

  /** These pictures in another size. */
  Dataset resized(ReadOptions.Size size) {
    boolean fits =
        example.rank() == 3 && example.dim(1) == size.height() && example.dim(2) == size.width();
    if (fits) {
      return this;
    }
    requirePixels("pictures of " + size);
    Shape other = Shape.of(example.dim(0), size.height(), size.width());
    byte[] resized = new byte[Math.multiplyExact(size(), other.size())];
    Resizing resizing = new Resizing(example.dim(0), example.dim(1), example.dim(2), size);
    for (int i = 0; i < size(); i++) {
      resizing.write(pixels, i * example.size(), resized, i * other.size());
    }
    return new Dataset(other, classNames, resized, labels);
  }

  /** Some of these examples, copied, in the order of the indices. */
  Dataset chosen(int[] indices) {
    int size = example.size();
    int[] chosenLabels = Arrays.stream(indices).map(this::label).toArray();
    if (numbers == null) {
      byte[] those = new byte[Math.multiplyExact(indices.length, size)];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(pixels, indices[i] * size, those, i * size, size);
      }
      return new Dataset(example, classNames, those, chosenLabels);
    }
    float[] those = new float[Math.multiplyExact(indices.length, size)];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(numbers, indices[i] * size, those, i * size, size);
    }
    return new Dataset(example, classNames, pixels, those, chosenLabels, features);
  }

  /** The pixels, shared; empty if the examples are numbers. */
  byte[] pixels() {
    return pixels;
  }

  /** The numbers, shared; null if the examples are pictures. */
  float @Nullable [] numbers() {
    return numbers;
  }

  void requirePixels(String what) {
    if (numbers != null) {
      throw new IllegalArgumentException(
          what + ": these examples are numbers of " + example + ": expected pictures of bytes");
    }
  }

  /**
   * A digest (SHA-256, in hexadecimal) of all that makes this dataset: the shape of an example, the
   * names of the classes, every pixel or number and every label. Reads all of it.
   */
  public String sha256() {
    MessageDigest digest = Sha256.start();
    digest.update((example + "\n" + classNames + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(pixels);
    if (numbers != null) {
      ByteBuffer chunk = ByteBuffer.allocate(Float.BYTES * CHUNK);
      for (int from = 0; from < numbers.length; from += CHUNK) {
        int count = Math.min(CHUNK, numbers.length - from);
        chunk.clear().asFloatBuffer().put(numbers, from, count);
        digest.update(chunk.limit(Float.BYTES * count));
      }
    }
    digest(digest, labels, classes() <= LABELS_IN_A_BYTE ? 1 : Integer.BYTES);
    return Sha256.hex(digest);
  }

  /** Adds labels to a digest, each in as many bytes as the longest needs: 1 or 4. */
  private static void digest(MessageDigest digest, int[] labels, int bytes) {
    ByteBuffer chunk = ByteBuffer.allocate(Integer.BYTES * CHUNK);
    for (int from = 0; from < labels.length; from += CHUNK) {
      chunk.clear();
      for (int i = from; i < Math.min(labels.length, from + CHUNK); i++) {
        if (bytes == 1) {
          chunk.put((byte) labels[i]);
        } else {
          chunk.putInt(labels[i]);
        }
      }
      digest.update(chunk.flip());
    }
  }
}
