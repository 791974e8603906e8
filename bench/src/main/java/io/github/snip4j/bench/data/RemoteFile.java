package io.github.snip4j.bench.data;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A published file.
 *
 * @param bytes its length
 * @param algorithm of the digest, {@code SHA-256} or {@code MD5}
 * @param digest in hexadecimal
 */
public record RemoteFile(String name, long bytes, String algorithm, String digest) {
  private static final int BUFFER = 1 << 16;

  /**
   * Checks that a file here is this one.
   *
   * @param source for the message: where it is, or where it came from
   * @throws BadFileException if it is not
   */
  public void verify(Path file, String source) throws IOException {
    String found = digestOf(file);
    if (!found.equals(digest)) {
      throw new BadFileException(
          source,
          ("is not the published " + name + ": expected " + algorithm + " " + digest)
              + (", found " + found));
    }
  }

  private String digestOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sum = MessageDigest.getInstance(algorithm);
      DigestInputStream digesting = new DigestInputStream(in, sum);
      byte[] buffer = new byte[BUFFER];
      int read = 0;
      while (read >= 0) {
        read = digesting.read(buffer);
      }
      return HexFormat.of().formatHex(sum.digest());
    } catch (NoSuchAlgorithmException e) { // every Java has both
      throw new IllegalStateException(e);
    }
  }
}
