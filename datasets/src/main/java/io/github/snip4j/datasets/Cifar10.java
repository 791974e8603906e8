package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10: 50,000 + 10,000 colour pictures of ten kinds of thing, {@code [3, 32, 32]}, in its
 * binary version or that for Python (Krizhevsky, <i>Learning multiple layers of features from tiny
 * images</i>, 2009).
 */
public final class Cifar10 {
  /** What is on the pictures. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int TRAINING_FILES = 5;
  private static final int FEWEST = 10; // a tenth of the training set is for validation
  private static final String BINARY = "cifar-10-batches-bin";
  private static final String PYTHON = "cifar-10-batches-py";

  private Cifar10() {}

  /**
   * Six files in a folder, or in {@code cifar-10-batches-bin} below it: {@code data_batch_1.bin} to
   * {@code data_batch_5.bin} and {@code test_batch.bin}; or those of the version for Python, in
   * {@code cifar-10-batches-py}, whose names have no {@code .bin}.
   *
   * @throws BadFileException if one is missing or is not what it should be
   * @throws IOException if one cannot be read
   */
  public static Pictures read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadFileException(folder.toString(), "there is no such folder");
    }
    Path binary = folder.resolve(BINARY);
    Path python = folder.resolve(PYTHON);
    if (Files.isDirectory(binary) || Files.exists(folder.resolve("data_batch_1.bin"))) {
      return readBinary(Files.isDirectory(binary) ? binary : folder);
    }
    if (Files.isDirectory(python) || Files.exists(folder.resolve("data_batch_1"))) {
      return readPython(Files.isDirectory(python) ? python : folder);
    }
    return readBinary(folder); // says which file is missing
  }

  private static Pictures readBinary(Path files) throws IOException {
    List<String> names = CifarNames.ten(files);
    CifarRecords training = new CifarRecords(1, names);
    for (int i = 1; i <= TRAINING_FILES; i++) {
      training.add(files.resolve("data_batch_" + i + ".bin"));
    }
    checkEnough(training.size(), files);
    CifarRecords test = new CifarRecords(1, names);
    test.add(files.resolve("test_batch.bin"));
    return new Pictures(training.dataset(), test.dataset());
  }

  private static Pictures readPython(Path files) throws IOException {
    CifarPickles training = new CifarPickles("labels", CLASS_NAMES);
    for (int i = 1; i <= TRAINING_FILES; i++) {
      training.add(files.resolve("data_batch_" + i));
    }
    checkEnough(training.size(), files);
    CifarPickles test = new CifarPickles("labels", CLASS_NAMES);
    test.add(files.resolve("test_batch"));
    return new Pictures(training.dataset(), test.dataset());
  }

  private static void checkEnough(int size, Path files) throws BadFileException {
    if (size < FEWEST) {
      throw new BadFileException(
          files.toString(),
          "holds " + size + " pictures to train on: expected " + FEWEST + " or more");
    }
  }

  /** One file's records by themselves. */
  static Dataset readFile(InputStream in, String name) throws IOException {
    CifarRecords records = new CifarRecords(1, CLASS_NAMES);
    records.add(in, name);
    return records.dataset();
  }
}
