package io.github.snip4j.core.internal.pickle;

import io.github.snip4j.core.io.BadFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read from the first to the last as numbers, texts and lines. */
final class PickleInput {
  private final String file;
  private final ByteBuffer in;

  /**
   * @param file for messages
   * @param bytes not copied
   */
  PickleInput(String file, byte[] bytes) {
    this.file = file;
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A signed whole number of at most 8 bytes, the lowest first; 0 of none. */
  long longOf(int bytes) throws BadFileException {
    ByteBuffer little = take(bytes);
    if (bytes > 8) {
      throw bad("a whole number of at most 8 bytes", "" + bytes);
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (little.get(i) & 0xffL) << (8 * i);
    }
    int unused = 64 - 8 * bytes;
    return bytes == 0 ? 0 : value << unused >> unused; // the sign is that of the last byte
  }

  /** The text up to the end of the line, which is passed over. */
  String line() throws BadFileException {
    int from = in.position();
    int last;
    do {
      last = u1();
    } while (last != '\n');
    return new String(in.array(), from, in.position() - 1 - from, StandardCharsets.UTF_8);
  }

  /** A text in UTF-8 of so many bytes. */
  String text(int length) throws BadFileException {
    ByteBuffer bytes = take(length);
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** A length in 4 bytes; a negative one is left to {@link #take} to refuse. */
  int length() throws BadFileException {
    return take(4).getInt();
  }

  /** A length in 8 bytes; -1, which {@link #take} refuses, if so many bytes are not left. */
  int longLength() throws BadFileException {
    long length = take(8).getLong();
    return length < 0 || length > in.remaining() ? -1 : (int) length;
  }

  /** The next byte, 0 to 255. */
  int u1() throws BadFileException {
    return take(1).get() & 0xff;
  }

  /**
   * The next bytes, little-endian; shared.
   *
   * @throws BadFileException if not so many are left
   */
  ByteBuffer take(int length) throws BadFileException {
    if (length < 0 || length > in.remaining()) {
      throw bad(length + " bytes", "the end after " + in.remaining());
    }
    ByteBuffer part = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    part.limit(length);
    in.position(in.position() + length);
    return part;
  }

  /** What is wrong with the file at this place. */
  BadFileException bad(String expected, String found) {
    return new BadFileException(file, in.position(), expected, found);
  }
}
