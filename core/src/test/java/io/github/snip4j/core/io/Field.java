package io.github.snip4j.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Files that went wrong once, from {@code src/test/resources/field}. */
final class Field {
  private Field() {}

  /** Copies one of them to a folder. */
  static Path copy(String name, Path folder) throws IOException {
    try (InputStream in = Field.class.getResourceAsStream("/field/" + name)) {
      Path copy = folder.resolve(name);
      Files.copy(Objects.requireNonNull(in, name), copy);
      return copy;
    }
  }
}
