package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.BadFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final byte[] MATRIX = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, -1};
  @TempDir Path folder;

  @Test
  void readsPlainAndPacked() throws IOException {
    for (byte[] bytes : new byte[][] {MATRIX, gzip(MATRIX)}) {
      IdxFile file = IdxFile.read(new ByteArrayInputStream(bytes), "f", 2);
      assertThat(file.dim(0)).isEqualTo(2);
      assertThat(file.dim(1)).isEqualTo(3);
      assertThat(file.values()).containsExactly(1, 2, 3, 4, 5, -1);
    }
  }

  @Test
  void cutShortAnywhereItSaysWhere() throws IOException {
    for (int length = 0; length < MATRIX.length; length++) {
      String problem = problem(Arrays.copyOf(MATRIX, length));
      int place = length < 4 ? 0 : length < 8 ? 4 : length < 12 ? 8 : 12;
      assertThat(problem).startsWith("f: at byte " + place + ": expected ");
    }
    byte[] packed = gzip(MATRIX);
    for (int length = 2; length < packed.length; length++) {
      assertThat(problem(Arrays.copyOf(packed, length)))
          .isEqualTo(
              "f: at byte " + length + ": expected more gzip data, found the end of the file");
    }
    packed[packed.length - 6] ^= 1; // in the checksum
    assertThat(problem(packed))
        .contains("expected sound gzip data, found \"Corrupt GZIP trailer\"");
    assertThat(problem(Arrays.copyOf(MATRIX, 16)))
        .isEqualTo("f: at byte 12: expected 6 elements, as its head says, found the end after 4");
    assertThat(problem(Arrays.copyOf(MATRIX, 19)))
        .isEqualTo("f: at byte 18: expected the end, found more bytes");
  }

  @Test
  void wrongKindsAreNamed() throws IOException {
    assertThat(problem(new byte[] {0, 0, 8, 3, 0, 0, 0, 0}))
        .isEqualTo("f: at byte 0: expected 0x00000802 (IDX of bytes), found 0x00000803");
    assertThat(problem("<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)))
        .contains("found 0x3c21444f");
  }

  @Test
  void aHeadThatClaimsGigabytesIsNotBelieved() throws IOException {
    byte[] claims = MATRIX.clone();
    Arrays.fill(claims, 4, 8, (byte) 0x7f);
    assertThat(problem(claims)).contains("at byte 8: expected at most 2 GiB");
    byte[] negative = MATRIX.clone();
    negative[4] = (byte) 0x80;
    assertThat(problem(negative)).contains("found a length of 2147483650");
    byte[] large =
        MATRIX.clone(); // 1.6 GB claimed, 6 bytes there: fails before memory is set aside
    large[4] = 0x20;
    assertThat(problem(large)).contains("found the end after 6");
  }

  @Test
  @Timeout(5)
  void twentyBytesThatClaimTwoBillionImagesFailAtOnce() throws IOException {
    for (int third : new int[] {0x7f, 0x80, 0xff}) {
      byte[] file = {0, 0, 8, 3, (byte) third, -1, -1, -1, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3, 4};
      try {
        IdxFile.read(new ByteArrayInputStream(file), "f", 3);
        throw new AssertionError("read without complaint");
      } catch (BadFileException e) {
        assertThat(e).hasMessageContaining("expected at most 2 GiB");
      }
    }
  }

  @Test
  void aFolderOfFilesIsCheckedFileByFile() throws IOException {
    assertThat(mnistProblem(folder.resolve("none"))).endsWith("none: there is no such folder");
    assertThat(mnistProblem(folder))
        .isEqualTo(folder + ": no file train-images-idx3-ubyte or train-images-idx3-ubyte.gz");
    for (String set : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(set + "-images-idx3-ubyte"), images(12, 28));
      Files.write(folder.resolve(set + "-labels-idx1-ubyte.gz"), gzip(labels(12, 9)));
    }
    assertThat(Mnist.read(folder).test().label(11)).isEqualTo(9);

    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(12, 10));
    assertThat(mnistProblem(folder))
        .endsWith("train-labels-idx1-ubyte: at byte 19: expected a label from 0 to 9, found 10");
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(11, 3));
    assertThat(mnistProblem(folder))
        .contains("train-labels-idx1-ubyte: at byte 4: expected 12 labels, one for each picture in")
        .endsWith("found 11");
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(12, 3));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(12, 14));
    assertThat(mnistProblem(folder))
        .endsWith("t10k-images-idx3-ubyte: at byte 8: expected 28 pixels, found 14");
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(9, 28));
    assertThat(mnistProblem(folder))
        .endsWith("t10k-images-idx3-ubyte: at byte 4: expected 10 pictures or more, found 9");
  }

  private static byte[] images(int count, int side) {
    byte[] file = new byte[16 + count * side * side];
    byte[] head = {0, 0, 8, 3, 0, 0, 0, (byte) count, 0, 0, 0, (byte) side, 0, 0, 0, (byte) side};
    System.arraycopy(head, 0, file, 0, 16);
    return file;
  }

  /** Labels of which the last is given, the others 1. */
  private static byte[] labels(int count, int last) {
    byte[] file = new byte[8 + count];
    Arrays.fill(file, (byte) 1);
    System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, (byte) count}, 0, file, 0, 8);
    file[file.length - 1] = (byte) last;
    return file;
  }

  private static String mnistProblem(Path folder) throws IOException {
    try {
      Mnist.read(folder);
    } catch (BadFileException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("read without complaint");
  }

  private static String problem(byte[] bytes) throws IOException {
    try {
      IdxFile.read(new ByteArrayInputStream(bytes), "f", 2);
    } catch (BadFileException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("read without complaint");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
