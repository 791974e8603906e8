package io.github.snip4j.datasets;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Makes CIFAR-10's six binary files of a tar of JPEGs, {@code train/<class>/*.jpg} and test. */
final class Cifar10Jpegs {
  private static final int RECORD = 3073;

  private record Jpeg(String name, byte label, List<byte[]> bytes) {}

  private Cifar10Jpegs() {}

  static void unpack(Path tarGz, Path folder) throws IOException {
    List<Jpeg> train = new ArrayList<>();
    List<Jpeg> test = new ArrayList<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(tarGz), 1 << 16);
        DataInputStream in = new DataInputStream(new GZIPInputStream(file, 1 << 16))) {
      byte[] header = new byte[512];
      for (in.readFully(header); header[0] != 0; in.readFully(header)) {
        String name = text(header, 0, 100);
        int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
        byte[] body = in.readNBytes(size);
        in.skipNBytes((512 - size % 512) % 512);
        List<String> parts = List.of(name.split("/", -1));
        if (name.endsWith(".jpg")) {
          byte label = (byte) Cifar10.CLASS_NAMES.indexOf(parts.get(1));
          (parts.get(0).equals("train") ? train : test).add(new Jpeg(name, label, List.of(body)));
        }
      }
    }
    byte[] records = records(train);
    int fifth = records.length / 5;
    for (int i = 0; i < 5; i++) {
      byte[] part = Arrays.copyOfRange(records, i * fifth, (i + 1) * fifth);
      Files.write(folder.resolve("data_batch_" + (i + 1) + ".bin"), part);
    }
    Files.write(folder.resolve("test_batch.bin"), records(test));
  }

  private static byte[] records(List<Jpeg> jpegs) {
    byte[] records = new byte[jpegs.size() * RECORD];
    Parallel.forRange(
        jpegs.size(),
        100,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            Jpeg jpeg = jpegs.get(i);
            records[i * RECORD] = jpeg.label;
            try {
              JpegPicture.decode(
                  jpeg.bytes.get(0), jpeg.name, Shape.of(3, 32, 32), records, i * RECORD + 1);
            } catch (BadFileException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    return records;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
  }
}
