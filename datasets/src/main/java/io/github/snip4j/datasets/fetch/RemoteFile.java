package io.github.snip4j.datasets.fetch;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Sha256;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A published file.
 *
 * @param bytes its length
 * @param sha256 its SHA-256, in hexadecimal
 */
public record RemoteFile(String name, long bytes, String sha256) {
  /**
   * Checks that a file here is this one.
   *
   * @param source for the message: where it is, or where it came from
   * @throws BadFileException if it is not
   */
  public void verify(Path file, String source) throws IOException {
    String found = Sha256.of(file);
    if (!found.equals(sha256)) {
      throw new BadFileException(
          source,
          ("is not the published " + name + ": expected SHA-256 " + sha256) + (", found " + found));
    }
  }
}
