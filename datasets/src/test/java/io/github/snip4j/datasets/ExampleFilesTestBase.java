package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What tests of files of examples have in common: a folder, and what is wrong with it. */
abstract class ExampleFilesTestBase {
  @TempDir Path folder;

  static String problem(Path path, ReadOptions options) {
    BadFileException[] thrown = new BadFileException[1];
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> ExampleFiles.read(path, options))
        .satisfies(e -> thrown[0] = e);
    return String.valueOf(thrown[0].getMessage());
  }

  static String problem(Path path) {
    return problem(path, ReadOptions.NONE);
  }

  Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }
}
