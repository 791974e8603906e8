package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Tensor weight = RandomTensors.normal(1, 300, 97);
    Path file = folder.resolve("a.npz");
    new NpzWriter()
        .put("fc1.weight", weight)
        .put("scalar", Tensor.scalar(3))
        .put("mask.fc1", Shape.of(2, 2), new boolean[] {true, false, false, true})
        .put("labels", new int[] {-1, 7, 1 << 30})
        .put("empty", Tensor.zeros(Shape.of(0, 5)))
        .write(file);
    Npz npz = Npz.read(file);
    assertThat(npz.names()).containsExactly("fc1.weight", "scalar", "mask.fc1", "labels", "empty");
    assertThat(npz.floats("fc1.weight").shape()).isEqualTo(weight.shape());
    assertThat(npz.floats("fc1.weight").toArray()).isEqualTo(weight.toArray());
    assertThat(npz.floats("scalar").item()).isEqualTo(3);
    assertThat(npz.ints("mask.fc1")).containsExactly(1, 0, 0, 1);
    assertThat(npz.ints("labels")).containsExactly(-1, 7, 1 << 30);
    assertThat(npz.shape("empty")).isEqualTo(Shape.of(0, 5));
  }

  @Test
  void theSameArraysGiveTheSameBytes() throws IOException {
    for (String name : new String[] {"a.npz", "b.npz"}) {
      new NpzWriter().put("x", RandomTensors.normal(1, 30)).write(folder.resolve(name));
    }
    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
  }

  @Test
  void numpysOwnFilesAreRead() { // packed, with float32, int32 and a scalar
    Golden golden = Golden.of("cross_entropy");
    assertThat(golden.tensor("x").shape()).isEqualTo(Shape.of(23, 10));
    assertThat(Arrays.stream(golden.ints("labels"))).hasSize(23).allMatch(l -> l >= 0 && l < 10);
    assertThat(golden.tensor("y").shape()).isEqualTo(Shape.scalar());
  }

  @Test
  void arraysThatAreNotThereAreNamed() throws IOException {
    Path file = folder.resolve("a.npz");
    new NpzWriter().put("x", new int[] {1}).write(file);
    Npz npz = Npz.read(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> npz.floats("y"))
        .withMessage(file + ": there is no array 'y'; there is x");
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> npz.floats("x"))
        .withMessage(file + ", array 'x': must hold real numbers, not 32-bit integers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NpzWriter().put("x", new int[0]).put("x", new int[0]));
  }

  @Test
  void aFileCutShortAnywhereIsNamedWithItsLength() throws IOException {
    Path file = folder.resolve("whole.npz");
    new NpzWriter().put("x", RandomTensors.normal(1, 50)).write(file);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.npz");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(BadFileException.class)
          .isThrownBy(() -> Npz.read(cut))
          .withMessageStartingWith(cut + ": at byte " + length + ": expected the end of a zip");
    }
  }

  @Test
  void aChangedByteIsNoticedOrChangesNothing() throws IOException {
    Path file = folder.resolve("whole.npz");
    Tensor x = RandomTensors.normal(1, 50);
    new NpzWriter().put("x", x).write(file);
    byte[] whole = Files.readAllBytes(file);
    Path changed = folder.resolve("changed.npz");
    int noticed = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= (byte) (1 + new Seed(1).below(i, 255));
      Files.write(changed, bytes);
      try {
        Npz npz = Npz.read(changed);
        if (npz.names().contains("x")) { // else the byte was in the name
          assertThat(npz.floats("x").toArray()).as("byte %d", i).isEqualTo(x.toArray());
        }
      } catch (BadFileException e) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(200 + 100); // all values and the array's head at least
  }

  @Test
  void lyingHeadsAreNamedBeforeMemoryIsSetAside() throws IOException {
    assertThat(problem("x.npy", "<f4", "(2000000000,)", new byte[8]))
        .endsWith(
            "array 'x': at byte 80: expected 8000000000 bytes for [2000000000] of 32-bit real"
                + " numbers, found 8 bytes");
    assertThat(problem("x.npy", "<f4", "(99999999999,)", new byte[8])).contains("2^31-1 elements");
    assertThat(problem("x.npy", "<f4", "(65536, 65536)", new byte[8])).contains("2^31-1 elements");
    assertThat(problem("x.npy", "<f4", "(-2,)", new byte[8])).contains("a shape");
    assertThat(problem("x.txt", "<f4", "(2,)", new byte[8])).contains("'x.txt' is not a .npy");
    assertThat(problem("x.npy", "<i8", "(1,)", new byte[] {0, 0, 0, 0, 0, 1, 0, 0}))
        .contains("a number that fits 32 bits, found 1099511627776");
  }

  @Test
  void columnsFirstIsTurnedAround() throws IOException {
    byte[] head = NpyHeader.encode("|u1", Shape.of(2, 3, 2));
    String text = new String(head, StandardCharsets.ISO_8859_1).replace("False", "True ");
    byte[] array = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), head.length + 12);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 2; k++) {
          array[head.length + i + 2 * j + 6 * k] = (byte) (100 * i + 10 * j + k);
        }
      }
    }
    Path file = zip("x.npy", array);
    assertThat(Npz.read(file).ints("x"))
        .containsExactly(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121);
  }

  @Test
  void numbersThatAreNotFiniteAreNamed() throws IOException {
    Path file = folder.resolve("nan.npz");
    new NpzWriter().put("x", Tensor.of(Shape.of(3), 1, Float.NaN, 2)).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.read(file).finiteFloats("x"))
        .withMessage(file + ": array 'x' holds NaN at position 1");
  }

  @Test
  void foldersAndDamagedDirectoriesAreNamed() throws IOException {
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.read(folder))
        .withMessage(folder + ": is not a file");
    Path file = zip("x.npy", new byte[8]);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i++) { // a name that is no UTF-8
      if (bytes[i] == 'x') {
        bytes[i] = (byte) 0xff;
      }
    }
    Files.write(file, bytes);
    assertThatExceptionOfType(BadFileException.class).isThrownBy(() -> Npz.read(file));
  }

  @Test
  void linksAreFollowedAndDevicesLeftAlone() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    AtomicFile.write(link, out -> out.write('n'));
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("n");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> AtomicFile.write(folder, out -> out.write('n')))
        .withMessage(folder + ": is not a regular file");
  }

  @Test
  void writingLeavesNoTemporaryFileAndKeepsTheOldOneOnFailure() throws IOException {
    Path file = folder.resolve("kept.txt");
    Files.writeString(file, "old");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");
    assertThat(file).hasContent("old");
    AtomicFile.write(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
    assertThat(file).hasContent("new");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  private String problem(String entry, String type, String shape, byte[] values)
      throws IOException {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    byte[] line = (" ".repeat(80 - 10 - text.length()) + text).getBytes(StandardCharsets.US_ASCII);
    byte[] array = new byte[80 + values.length];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 70, 0};
    System.arraycopy(magic, 0, array, 0, 10);
    System.arraycopy(line, 0, array, 10, 70);
    System.arraycopy(values, 0, array, 80, values.length);
    return problem(entry, array);
  }

  private String problem(String entry, byte[] content) throws IOException {
    Path file = zip(entry, content);
    try {
      Npz npz = Npz.read(file);
      String name = npz.names().iterator().next();
      try {
        npz.floats(name);
      } catch (BadFileException e) {
        if (!String.valueOf(e.getMessage()).contains("must hold real numbers")) {
          throw e;
        }
        npz.ints(name);
      }
    } catch (BadFileException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("read without complaint");
  }

  private Path zip(String entry, byte[] content) throws IOException {
    Path file = folder.resolve("made.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return file;
  }
}
