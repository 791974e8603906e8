package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever the bytes: an archive is read, or the one exception says what is wrong with it. */
class NpzFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void npz(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzz", ".npz");
    try {
      Files.write(file, bytes);
      Npz npz = Npz.read(file);
      for (String name : npz.names()) {
        Shape shape = npz.shape(name);
        try {
          assertThat(npz.floats(name).shape()).isEqualTo(shape);
        } catch (BadFileException e) {
          assertThat(e).hasMessageStartingWith(file.toString());
          assertThat(npz.ints(name)).hasSize(shape.size());
        }
      }
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
