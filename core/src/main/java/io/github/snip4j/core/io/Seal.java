package io.github.snip4j.core.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * The last bytes of a file, which vouch for all before them: {@code sha256:} and the SHA-256 of
 * those, in hexadecimal digits.
 *
 * <p>In a zip archive they are the comment, with which it ends, so other readers are not bothered.
 */
final class Seal {
  private static final String MARK = "sha256:";
  private static final int DIGITS = 64;
  private static final int LENGTH = MARK.length() + DIGITS;

  /** What to write at the end, for {@link Output} to replace. */
  static final String PLACE = MARK + "0".repeat(DIGITS);

  private Seal() {}

  /**
   * Checks a file's seal.
   *
   * @throws BadFileException if it has none, or another
   */
  static void check(Path file) throws IOException {
    long covered;
    MessageDigest digest = Sha256.start();
    String found;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        InputStream in = Channels.newInputStream(channel)) {
      covered = channel.size() - LENGTH; // of this file, and not of one that takes its place now
      byte[] buffer = new byte[1 << 16];
      for (long left = covered; left > 0; ) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
        if (read == 0) {
          throw new BadFileException(file.toString(), "became shorter while it was read");
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      found = new String(in.readNBytes(LENGTH), StandardCharsets.ISO_8859_1);
    }
    if (!found.startsWith(MARK)) {
      throw new BadFileException(
          file.toString(),
          Math.max(0, covered),
          "'" + MARK + "' and a checksum at the end",
          "none (is the file complete?)");
    }
    if (!found.equals(MARK + Sha256.hex(digest))) {
      throw new BadFileException(
          file.toString(), "is damaged: its checksum differs from the one at its end");
    }
  }

  /** Passes bytes on, but the last ones, for which it puts the seal. */
  static final class Output extends FilterOutputStream {
    private final MessageDigest digest = Sha256.start();
    private final byte[] held = new byte[LENGTH];
    private int count;

    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int surplus = count + length - LENGTH; // goes on: of those held first, then of the new ones
      if (surplus > 0) {
        int old = Math.min(surplus, count);
        pass(held, 0, old);
        System.arraycopy(held, old, held, 0, count - old);
        count -= old;
        pass(bytes, from, surplus - old);
        from += surplus - old;
        length -= surplus - old;
      }
      System.arraycopy(bytes, from, held, count, length);
      count += length;
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
      digest.update(bytes, from, length);
      out.write(bytes, from, length);
    }

    /** Writes the seal; nothing may follow. */
    void finish() throws IOException {
      String end = new String(held, 0, count, StandardCharsets.ISO_8859_1);
      if (!end.equals(PLACE)) {
        throw new IllegalStateException("seal: '" + end + "' is not the place of one");
      }
      out.write((MARK + Sha256.hex(digest)).getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
