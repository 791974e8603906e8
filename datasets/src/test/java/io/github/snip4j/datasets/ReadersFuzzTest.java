package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Whatever the bytes: a file is read, or the one exception says what is wrong with it. */
class ReadersFuzzTest {
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

  private static void idxFile(byte[] bytes) throws IOException {
    for (int rank : new int[] {1, 3}) {
      try {
        IdxFile.read(new ByteArrayInputStream(bytes), "fuzz", rank);
      } catch (BadFileException e) {
        assertThat(e).hasMessageStartingWith("fuzz");
      }
    }
  }
}
