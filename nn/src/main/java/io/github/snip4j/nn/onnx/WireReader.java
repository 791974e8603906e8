package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Reads one message in the wire format of Protocol Buffers, field after field: a number that says
 * which field, then its value. Nothing that a length claims is believed before it is there.
 *
 * <p>Source: <i>Protocol Buffers documentation, Encoding</i>.
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final String file;
  private final ByteBuffer in;
  private int field;
  private int type;

  private WireReader(String file, ByteBuffer in) {
    this.file = file;
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @param file for messages
   */
  static WireReader of(String file, byte[] bytes) {
    return new WireReader(file, ByteBuffer.wrap(bytes));
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() throws BadFileException {
    if (!in.hasRemaining()) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    type = (int) (key & 7);
    if (key >>> 32 != 0 || field == 0) {
      throw bad("the number of a field", "" + key);
    }
    return true;
  }

  /** The number of the field that is next. */
  int field() {
    return field;
  }

  /** Passes over the value of a field that nobody needs. */
  void skip() throws BadFileException {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> take(Long.BYTES);
      case BYTES -> bytes();
      case FIXED32 -> take(Integer.BYTES);
      default -> throw bad("a field of a known kind", "kind " + type);
    }
  }

  /** A whole number. */
  long number() throws BadFileException {
    expect(VARINT, "a whole number");
    return varint();
  }

  /** A real number. */
  float real() throws BadFileException {
    expect(FIXED32, "a real number");
    return take(Float.BYTES).getFloat();
  }

  /** A text. */
  String text() throws BadFileException {
    expect(BYTES, "a text");
    ByteBuffer utf8 = bytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw bad("a text in UTF-8", "other bytes");
    }
  }

  /** Bytes, which are shared and not copied. */
  ByteBuffer content() throws BadFileException {
    expect(BYTES, "bytes");
    return bytes();
  }

  /** A message within this one. */
  WireReader message() throws BadFileException {
    expect(BYTES, "a message");
    return new WireReader(file, bytes());
  }

  /** Adds one whole number, or all of a field that holds many. */
  void numbers(LongStream.Builder to) throws BadFileException {
    if (type != BYTES) {
      to.add(number());
      return;
    }
    WireReader packed = message();
    while (packed.in.hasRemaining()) {
      to.add(packed.varint());
    }
  }

  /** Adds one or several real numbers, packed or not, like {@link #numbers}. */
  void reals(DoubleStream.Builder to) throws BadFileException {
    if (type != BYTES) {
      to.add(real());
      return;
    }
    ByteBuffer packed = bytes();
    whole(packed, Float.BYTES);
    while (packed.hasRemaining()) {
      to.add(packed.getFloat());
    }
  }

  /** Adds one or several numbers of double precision, like {@link #reals}. */
  void doubles(DoubleStream.Builder to) throws BadFileException {
    if (type != BYTES) {
      expect(FIXED64, "a real number of double precision");
      to.add(take(Double.BYTES).getDouble());
      return;
    }
    ByteBuffer packed = bytes();
    whole(packed, Double.BYTES);
    while (packed.hasRemaining()) {
      to.add(packed.getDouble());
    }
  }

  private void whole(ByteBuffer packed, int size) throws BadFileException {
    if (packed.remaining() % size != 0) {
      throw bad("numbers of " + size + " bytes each", packed.remaining() + " bytes");
    }
  }

  private long varint() throws BadFileException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = take(1).get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw bad("a whole number of at most 10 bytes", "more");
  }

  private ByteBuffer bytes() throws BadFileException {
    long length = varint();
    if (length < 0 || length > in.remaining()) {
      throw bad(length + " bytes", "the end after " + in.remaining());
    }
    return take((int) length);
  }

  private ByteBuffer take(int length) throws BadFileException {
    if (length > in.remaining()) {
      throw bad(length + " bytes", "the end after " + in.remaining());
    }
    ByteBuffer part = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    part.limit(in.position() + length);
    in.position(in.position() + length);
    return part;
  }

  private void expect(int kind, String what) throws BadFileException {
    if (type != kind) {
      throw bad(what + " in field " + field, "a value of kind " + type);
    }
  }

  private BadFileException bad(String expected, String found) {
    return new BadFileException(file, in.position(), expected, found + " (is it an ONNX file?)");
  }
}
