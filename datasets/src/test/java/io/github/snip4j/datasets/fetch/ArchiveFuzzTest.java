package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.snip4j.core.io.BadFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: they are unpacked into the folder, or the one exception says why not. */
class ArchiveFuzzTest {
  private static final Path INPUTS =
      Path.of("src/test/resources/io/github/snip4j/datasets/fetch/ArchiveFuzzTestInputs");

  @FuzzTest(maxDuration = "60s")
  void tar(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    unpack(packed.toByteArray(), Archive.Kind.TAR_GZ);
  }

  @FuzzTest(maxDuration = "60s")
  void tarGz(byte[] bytes) throws IOException {
    unpack(bytes, Archive.Kind.TAR_GZ);
  }

  @FuzzTest(maxDuration = "60s")
  void zip(byte[] bytes) throws IOException {
    unpack(bytes, Archive.Kind.ZIP);
  }

  /** The first byte says which of the tests above gets the rest: one search is over all of them. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    switch ((bytes[0] & 0xff) % 3) {
      case 0 -> tar(rest);
      case 1 -> tarGz(rest);
      default -> zip(rest);
    }
  }

  /** What the other tests begin with. */
  static List<byte[]> seeds() throws IOException {
    List<String> all = List.of("tar", "tarGz", "zip");
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < all.size(); kind++) {
      try (Stream<Path> files = Files.list(INPUTS.resolve(all.get(kind)))) {
        for (Path file : files.sorted().toList()) {
          byte[] bytes = Files.readAllBytes(file);
          seeds.add(ByteBuffer.allocate(1 + bytes.length).put((byte) kind).put(bytes).array());
        }
      }
    }
    return seeds;
  }

  private static void unpack(byte[] bytes, Archive.Kind kind) throws IOException {
    Path folder = Files.createTempDirectory("fuzz");
    try {
      Path file = Files.write(folder.resolve("archive"), bytes);
      Path into = Files.createDirectory(folder.resolve("into"));
      new Archive(file, into, 100_000, 20, any -> Long.MAX_VALUE, ArchiveTest.unwatched())
          .unpack(kind);
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith(folder.toString());
    } finally {
      onlyWithin(folder);
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void onlyWithin(Path folder) throws IOException {
    try (Stream<Path> top = Files.list(folder)) {
      if (top.count() > 2) {
        throw new AssertionError("something was written beside the folder");
      }
    }
  }
}
