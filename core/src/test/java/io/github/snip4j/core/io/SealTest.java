package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.testing.RandomTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("a.npz");
    new NpzWriter()
        .put("x", RandomTensors.normal(1, 100))
        .put("about", "ein Stück Text")
        .writeSealed(file);
  }

  @Test
  void aSealedArchiveIsReadWithAndWithoutLookingAtTheSeal() throws IOException {
    assertThat(Npz.readSealed(file).text("about")).isEqualTo("ein Stück Text");
    assertThat(Npz.read(file).floats("x").toArray())
        .isEqualTo(RandomTensors.normal(1, 100).toArray());
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      refuse(flipped);
    }
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      refuse(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void anArchiveWithoutASealIsToldSo() throws IOException {
    new NpzWriter().put("x", new int[50]).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.readSealed(file))
        .withMessageStartingWith(file + ": at byte ")
        .withMessageEndingWith(
            ": expected 'sha256:' and a checksum at the end, found none (is the file complete?)");
  }

  @Test
  void bytesThatAreNoTextAreToldSo() throws IOException {
    new NpzWriter().put("x", new int[] {0xff, 0xff}).write(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.read(file).text("x"))
        .withMessage(file + ": array 'x' must be a text in UTF-8");
  }

  private void refuse(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.readSealed(file))
        .withMessageStartingWith(file + ": ");
  }
}
