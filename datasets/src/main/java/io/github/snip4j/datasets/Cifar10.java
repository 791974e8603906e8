package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10: 50,000 + 10,000 colour pictures of ten kinds of thing, {@code [3, 32, 32]}, in its
 * binary version (Krizhevsky, <i>Learning multiple layers of features from tiny images</i>, 2009).
 *
 * <p>Layout of a file: records of 3,073 bytes, a label and then the red, the green and the blue
 * plane, row by row. Nothing in a file says how many records there are. Memory is set aside as the
 * records arrive.
 */
public final class Cifar10 {
  /** What is on the pictures. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final Shape EXAMPLE = Shape.of(3, 32, 32);
  private static final int TRAINING_FILES = 5;
  private static final int FEWEST = 10; // a tenth of the training set is for validation

  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
  private final ByteArrayOutputStream labels = new ByteArrayOutputStream();

  private Cifar10() {}

  /**
   * Six files in a folder, or in {@code cifar-10-batches-bin} below it: {@code data_batch_1.bin} to
   * {@code data_batch_5.bin} and {@code test_batch.bin}.
   *
   * @throws BadFileException if one is missing or is not what it should be
   * @throws IOException if one cannot be read
   */
  public static Pictures read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadFileException(folder.toString(), "there is no such folder");
    }
    Path below = folder.resolve("cifar-10-batches-bin");
    Path files = Files.isDirectory(below) ? below : folder;
    Cifar10 training = new Cifar10();
    for (int i = 1; i <= TRAINING_FILES; i++) {
      training.add(files.resolve("data_batch_" + i + ".bin"));
    }
    if (training.labels.size() < FEWEST) {
      throw new BadFileException(
          files.toString(),
          ("holds " + training.labels.size() + " pictures to train on: expected " + FEWEST)
              + " or more");
    }
    Cifar10 test = new Cifar10();
    test.add(files.resolve("test_batch.bin"));
    return new Pictures(training.dataset(), test.dataset());
  }

  private void add(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(String.valueOf(file.getParent()), "no file " + file.getFileName());
    }
    try (InputStream in = Files.newInputStream(file)) {
      add(in, file.toString());
    }
  }

  /** One file's records by themselves. */
  static Dataset readFile(InputStream in, String name) throws IOException {
    Cifar10 records = new Cifar10();
    records.add(in, name);
    return records.dataset();
  }

  private void add(InputStream in, String name) throws IOException {
    byte[] record = new byte[1 + EXAMPLE.size()];
    int before = labels.size();
    while (true) {
      long at = (long) (labels.size() - before) * record.length;
      int length = in.readNBytes(record, 0, record.length);
      if (length == 0 && at > 0) {
        return;
      }
      if (length < record.length) {
        throw new BadFileException(
            name, at, "a record of " + record.length + " bytes", "the end after " + length);
      }
      if ((record[0] & 0xff) >= CLASS_NAMES.size()) {
        throw new BadFileException(
            name, at, "a label from 0 to 9", String.valueOf(record[0] & 0xff));
      }
      if (pixels.size() > Integer.MAX_VALUE - 16 - record.length) {
        throw new BadFileException(name, at, "at most 2 GiB of pictures", "more");
      }
      labels.write(record[0]);
      pixels.write(record, 1, record.length - 1);
    }
  }

  private Dataset dataset() {
    return new Dataset(EXAMPLE, CLASS_NAMES, pixels.toByteArray(), labels.toByteArray());
  }
}
