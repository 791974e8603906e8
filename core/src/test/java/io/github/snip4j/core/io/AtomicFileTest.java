package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when a file cannot be written. */
class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFullDiskNamesTheFileThatDidNotFit() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Path target = folder.resolve("network.npz");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(
            () -> {
              try (OutputStream named = new NamedOutput(full, target)) {
                named.write(new byte[10]);
              }
            })
        .withMessage(target + ": cannot be written: No space left on device");
  }

  @Test
  void aFolderThatIsGoneIsNamedAndNotTheTemporaryFile() {
    Path gone = folder.resolve("gone");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> AtomicFile.write(gone.resolve("a.txt"), out -> out.write(1)))
        .withMessage(gone.toString());
  }

  @Test
  void whatTheContentThrowsComesThroughAsItIs() {
    IOException own = new IOException("of the content");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    folder.resolve("a.txt"),
                    out -> {
                      throw own;
                    }))
        .isSameAs(own);
  }
}
