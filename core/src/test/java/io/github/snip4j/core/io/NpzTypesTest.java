package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which element types are read, and what is said of those that are not. */
class NpzTypesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "<f2, 00c00054, -2, 64",
    ">f2, c0005400, -2, 64",
    ">f4, c000000042800000, -2, 64",
    "<f4, 000000c000008042, -2, 64",
    ">f8, c0000000000000004050000000000000, -2, 64",
  })
  void realNumbersOfEverySizeAndByteOrderAreRead(String type, String hex, float a, float b)
      throws IOException {
    assertThat(array(type, hex).floats("x").toArray()).containsExactly(a, b);
  }

  @ParameterizedTest
  @CsvSource({
    "|i1, fe7f, -2, 127",
    "|u1, fe7f, 254, 127",
    "|b1, 0001, 0, 1",
    "<i2, feff0080, -2, -32768",
    ">i2, fffe8000, -2, -32768",
    "<u2, feff0080, 65534, 32768",
    ">i4, fffffffe00000007, -2, 7",
    ">i8, fffffffffffffffe0000000000000007, -2, 7",
    "<u4, 07000000ffffff7f, 7, 2147483647",
    "<u8, 0700000000000000ffffff7f00000000, 7, 2147483647",
  })
  void wholeNumbersOfEverySizeAndByteOrderAreRead(String type, String hex, int a, int b)
      throws IOException {
    assertThat(array(type, hex).ints("x")).containsExactly(a, b);
  }

  @Test
  void everyNumberOfHalfPrecisionIsExact() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      double fraction = (bits & 1023) / 1024.0;
      double size =
          exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
      double expected = (bits & 0x8000) == 0 ? size : -size;
      float read = HalfPrecision.toFloat((short) bits, false);
      if (exponent < 31) {
        assertThat((double) read).as("bits %x", bits).isEqualTo(expected);
      } else if (fraction == 0) {
        assertThat(read)
            .isEqualTo(expected > 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
      } else {
        assertThat(read).isNaN();
      }
    }
  }

  @Test
  void weightsInHalfPrecisionAreRead() throws IOException {
    Npz npz = Npz.read(Field.copy("weights-float16.npz", folder));
    assertThat(npz.names()).containsExactly("fc.weight", "fc.bias");
    assertThat(npz.finiteFloats("fc.weight").shape()).isEqualTo(Shape.of(10, 784));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<u4; must hold real numbers, not 32-bit unsigned integers",
        "<c8; must hold real numbers, not 64-bit complex numbers",
        "|O; must hold real numbers, not Python objects",
        "<U5; must hold real numbers, not texts",
        "|V2; must hold real numbers, not raw bytes, 2 each (bfloat16 is saved so)",
        "<M8[ns]; must hold real numbers, not dates",
        "<f16; must hold real numbers, not 128-bit real numbers",
      })
  void aTypeIsNamedInWords(String type, String sentence) throws IOException {
    Npz npz = array(type, "0000000000000000");
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> npz.floats("x"))
        .withMessage(folder.resolve("a.npz") + ", array 'x': " + sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "<u4, ffffffff00000000, 4294967295",
    "<u8, ffffffffffffffff0000000000000000, 18446744073709551615",
    "<i8, 00000000010000000000000000000000, 4294967296",
  })
  void wholeNumbersThatDoNotFitAreNamed(String type, String hex, String number) throws IOException {
    Npz npz = array(type, hex);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> npz.ints("x"))
        .withMessageEndingWith("expected a number that fits 32 bits, found " + number);
  }

  @Test
  void aDoubleBeyondFloatsIsNamedAndDoesNotBecomeInfinite() throws IOException {
    Npz npz = array("<f8", "0000000000000000" + "9c7500883ce4377e");
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> npz.floats("x"))
        .withMessageContaining(
            "at byte 136: expected a number within the range of float32, found 1.0")
        .withMessageEndingWith("E300");
  }

  @Test
  void whatNobodyAsksForMayBeAnything() throws IOException {
    Path file = folder.resolve("several.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "objects", head("|O", 1), new byte[3]);
      put(zip, "junk", new byte[0], new byte[] {1, 2, 3});
      put(zip, "x", head("<i4", 1), new byte[] {5, 0, 0, 0});
    }
    Npz npz = Npz.read(file);
    assertThat(npz.ints("x")).containsExactly(5);
    assertThat(npz.shape("objects")).isEqualTo(Shape.of(1));
    assertThatExceptionOfType(BadFileException.class).isThrownBy(() -> npz.ints("junk"));
  }

  @Test
  void aFileThatChangesBetweenTwoArraysIsNamed() throws IOException {
    Path file = folder.resolve("a.npz");
    new NpzWriter().put("x", new int[] {1}).write(file);
    Npz npz = Npz.read(file);
    new NpzWriter().put("x", new int[] {2, 3}).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> npz.ints("x"))
        .withMessage(file + ": has changed while it was being read");
  }

  private Npz array(String type, String hex) throws IOException {
    byte[] values = HexFormat.of().parseHex(hex);
    int size = Math.max(1, NpyType.of(type).size());
    Path file = folder.resolve("a.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "x", head(type, values.length / size), values);
    }
    return Npz.read(file);
  }

  private static byte[] head(String type, int length) {
    return NpyHeader.encode(type, Shape.of(length));
  }

  private static void put(ZipOutputStream zip, String name, byte[] head, byte[] values)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(ByteBuffer.allocate(head.length + values.length).put(head).put(values).array());
    zip.closeEntry();
  }
}
