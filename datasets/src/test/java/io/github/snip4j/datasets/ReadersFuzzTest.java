package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a file is read, or the one exception says what is wrong with it. */
class ReadersFuzzTest {
  private static final Path INPUTS =
      Path.of("src/test/resources/io/github/snip4j/datasets/ReadersFuzzTestInputs");

  @FuzzTest(maxDuration = "60s")
  void idx(byte[] bytes) throws IOException {
    idxFile(bytes);
  }

  /** The head of sound gzip data says where the damage is done, and how. */
  @FuzzTest(maxDuration = "60s")
  void gzip(byte[] bytes) throws IOException {
    if (bytes.length < 4) {
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes, 3, bytes.length - 3);
    }
    byte[] file = packed.toByteArray();
    int place = ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % file.length;
    file[place] ^= bytes[2];
    idxFile(file);
    idxFile(Arrays.copyOf(file, place));
  }

  @FuzzTest(maxDuration = "60s")
  void cifar10(byte[] bytes) throws IOException {
    try {
      Cifar10.readFile(new ByteArrayInputStream(bytes), "fuzz");
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith("fuzz");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void jpeg(byte[] bytes) {
    Shape example = Shape.of(3, 16, 16);
    try {
      JpegPicture.decode(bytes, "fuzz", example, new byte[example.size()], 0);
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith("fuzz");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void picture(byte[] bytes) {
    for (int channels : new int[] {1, 3}) {
      try {
        AnyPicture.Head head = AnyPicture.head(bytes, "fuzz");
        assertThat(AnyPicture.planes(bytes, "fuzz", channels))
            .hasSize(channels * head.height() * head.width());
      } catch (BadFileException e) {
        assertThat(e).hasMessageStartingWith("fuzz");
      }
    }
  }

  /** PNG's checksums keep a search out; here each chunk's is made right. */
  @FuzzTest(maxDuration = "60s")
  void png(byte[] bytes) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    for (int at = 0; at + 5 <= bytes.length; ) {
      int length = Math.min(bytes[at] & 0xff, bytes.length - at - 5);
      byte[] chunk = ByteBuffer.allocate(12 + length).putInt(length).array();
      System.arraycopy(bytes, at + 1, chunk, 4, 4 + length);
      CRC32 checksum = new CRC32();
      checksum.update(chunk, 4, 4 + length);
      ByteBuffer.wrap(chunk).putInt(8 + length, (int) checksum.getValue());
      png.writeBytes(chunk);
      at += 5 + length;
    }
    png.writeBytes(
        new byte[] {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82});
    picture(png.toByteArray());
  }

  @FuzzTest(maxDuration = "60s")
  void csv(byte[] bytes) throws IOException {
    read(bytes, ".csv", ReadOptions.NONE);
    read(bytes, ".csv", ReadOptions.NONE.withSize(1, 2));
  }

  @FuzzTest(maxDuration = "60s")
  void npz(byte[] bytes) throws IOException {
    read(bytes, ".npz", ReadOptions.NONE);
  }

  @FuzzTest(maxDuration = "60s")
  void cifarForPython(byte[] bytes) throws IOException {
    try {
      new CifarPickles("labels", Cifar10.CLASS_NAMES).add(bytes, "fuzz");
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith("fuzz");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void cifar100(byte[] bytes) throws IOException {
    read(bytes, ".bin", ReadOptions.NONE);
  }

  /** A folder with two IDX files, as EMNIST and its kin come. */
  @FuzzTest(maxDuration = "60s")
  void idxFolder(byte[] bytes) throws IOException {
    folder(bytes, "train-images-idx3-ubyte", "train-labels-idx1-ubyte");
  }

  /** A folder of pictures with a table of their classes, as Kaggle has them. */
  @FuzzTest(maxDuration = "60s")
  void pictureTable(byte[] bytes) throws IOException {
    folder(bytes, "labels.csv", "a.png");
  }

  /** The first two bytes say how long the first file is. */
  private static void folder(byte[] bytes, String one, String other) throws IOException {
    if (bytes.length < 2) {
      return;
    }
    int cut = 2 + Math.min(bytes.length - 2, (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff));
    Path folder = Files.createTempDirectory("fuzz");
    Path first = folder.resolve(one);
    Path second = folder.resolve(other);
    try {
      Files.write(first, Arrays.copyOfRange(bytes, 2, cut));
      Files.write(second, Arrays.copyOfRange(bytes, cut, bytes.length));
      ExampleFiles.read(folder, ReadOptions.NONE);
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith(folder.toString());
    } finally {
      Files.delete(first);
      Files.delete(second);
      Files.delete(folder);
    }
  }

  private static final List<String> ALL =
      List.of(
          "idx",
          "gzip",
          "cifar10",
          "jpeg",
          "picture",
          "png",
          "csv",
          "npz",
          "cifarForPython",
          "cifar100",
          "idxFolder",
          "pictureTable");

  /** The first byte says which of the tests above gets the rest: one search is over all of them. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "25s")
  void search(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    switch (ALL.get((bytes[0] & 0xff) % ALL.size())) {
      case "idx" -> idx(rest);
      case "gzip" -> gzip(rest);
      case "cifar10" -> cifar10(rest);
      case "jpeg" -> jpeg(rest);
      case "picture" -> picture(rest);
      case "png" -> png(rest);
      case "csv" -> csv(rest);
      case "npz" -> npz(rest);
      case "cifarForPython" -> cifarForPython(rest);
      case "cifar100" -> cifar100(rest);
      case "idxFolder" -> idxFolder(rest);
      default -> pictureTable(rest);
    }
  }

  /** What the other tests begin with. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < ALL.size(); kind++) {
      Path folder = INPUTS.resolve(ALL.get(kind));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          byte[] bytes = Files.readAllBytes(file);
          seeds.add(ByteBuffer.allocate(1 + bytes.length).put((byte) kind).put(bytes).array());
        }
      }
    }
    return seeds;
  }

  private static void read(byte[] bytes, String suffix, ReadOptions options) throws IOException {
    Path file = Files.createTempFile("fuzz", suffix);
    try {
      Files.write(file, bytes);
      ExampleFiles.read(file, options);
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static void idxFile(byte[] bytes) throws IOException {
    try {
      IdxFile any = IdxFile.read(new ByteArrayInputStream(bytes), "fuzz");
      if (any.size() > 0) {
        assertThat(any.values().length).isGreaterThanOrEqualTo(any.size());
        any.number(any.size() - 1);
      }
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith("fuzz");
    }
    for (int rank : new int[] {1, 3}) {
      try {
        IdxFile.read(new ByteArrayInputStream(bytes), "fuzz", rank);
      } catch (BadFileException e) {
        assertThat(e).hasMessageStartingWith("fuzz");
      }
    }
  }
}
