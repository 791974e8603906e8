package io.github.snip4j.core.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** Reads one entry of an archive, knowing where it is, so that errors can say so. */
final class EntryReader {
  private final InputStream in;
  private final String name;
  private final CRC32 checksum = new CRC32();
  private long position;

  /**
   * @param name file and entry, for messages
   */
  EntryReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  long position() {
    return position;
  }

  /** The checksum of all that was read. */
  long checksum() {
    return checksum.getValue();
  }

  /** Exactly this many bytes. */
  byte[] bytes(int count, String what) throws IOException {
    byte[] bytes = new byte[count];
    fill(bytes, count, what);
    return bytes;
  }

  /** Fills the first {@code count} bytes of a buffer. */
  void fill(byte[] buffer, int count, String what) throws IOException {
    int read;
    try {
      read = in.readNBytes(buffer, 0, count);
    } catch (EOFException e) { // the packed data ends early
      throw bad(position, count + " bytes of " + what, "the end of the packed data");
    }
    checksum.update(buffer, 0, read);
    if (read < count) {
      throw bad(position, count + " bytes of " + what, "the end after " + read);
    }
    position += count;
  }

  long littleEndian(int count) throws IOException {
    byte[] bytes = bytes(count, "a length");
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  /** Whether nothing follows. */
  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  BadFileException bad(long offset, String expected, String found) {
    return new BadFileException(name, offset, expected, found);
  }
}
