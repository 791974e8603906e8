package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The binary version of CIFAR: records of one or two bytes of labels, of which the last is used,
 * and then the red, the green and the blue plane, row by row. Nothing in a file says how many
 * records there are. Memory is set aside as the records arrive.
 */
final class CifarRecords {
  static final Shape EXAMPLE = Shape.of(3, 32, 32);

  private final int labelBytes;
  private final List<String> classNames;
  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
  private final ByteArrayOutputStream labels = new ByteArrayOutputStream();

  CifarRecords(int labelBytes, List<String> classNames) {
    this.labelBytes = labelBytes;
    this.classNames = classNames;
  }

  int size() {
    return labels.size();
  }

  void add(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(String.valueOf(file.getParent()), "no file " + file.getFileName());
    }
    try (InputStream in = Files.newInputStream(file)) {
      add(in, file.toString());
    }
  }

  void add(InputStream in, String name) throws IOException {
    byte[] record = new byte[labelBytes + EXAMPLE.size()];
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
      int label = record[labelBytes - 1] & 0xff;
      if (label >= classNames.size()) {
        throw new BadFileException(
            name,
            at + labelBytes - 1,
            "a label from 0 to " + (classNames.size() - 1),
            String.valueOf(label));
      }
      if (pixels.size() > Integer.MAX_VALUE - 16 - record.length) {
        throw new BadFileException(name, at, "at most 2 GiB of pictures", "more");
      }
      labels.write(label);
      pixels.write(record, labelBytes, EXAMPLE.size());
    }
  }

  Dataset dataset() {
    byte[] bytes = labels.toByteArray();
    int[] wide = IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray();
    return new Dataset(EXAMPLE, classNames, pixels.toByteArray(), wide);
  }
}
