package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file in the IDX format, plain or packed with gzip: an array of one or more axes.
 *
 * <p>Layout, big-endian: two zero bytes, the element type, the number of axes, a 32-bit length for
 * each, the elements. Memory is set aside as the elements arrive, not as the head promises.
 */
final class IdxFile {
  private static final int ANY = -1;
  private static final int MOST_AXES = 4;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final Type type;
  private final int[] dims;
  private final byte[] values;

  private IdxFile(Type type, int[] dims, byte[] values) {
    this.type = type;
    this.dims = dims;
    this.values = values;
  }

  /** What the elements are. */
  enum Type {
    UNSIGNED_BYTE(0x08, 1),
    SIGNED_BYTE(0x09, 1),
    SHORT(0x0b, 2),
    INT(0x0c, 4),
    FLOAT(0x0d, 4),
    DOUBLE(0x0e, 8);

    private final int code;
    private final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    static @Nullable Type of(int code) {
      return Arrays.stream(values()).filter(type -> type.code == code).findFirst().orElse(null);
    }
  }

  int rank() {
    return dims.length;
  }

  int dim(int axis) {
    return dims[axis];
  }

  boolean isBytes() {
    return type == Type.UNSIGNED_BYTE;
  }

  boolean isWhole() {
    return type != Type.FLOAT && type != Type.DOUBLE;
  }

  /** How many elements there are. */
  int size() {
    return values.length / type.bytes;
  }

  /** The bytes of the elements, row-major, shared. */
  byte[] values() {
    return values;
  }

  /** One element; exact but for the last digits of a double. */
  float number(int index) {
    ByteBuffer in = ByteBuffer.wrap(values);
    return switch (type) {
      case UNSIGNED_BYTE -> values[index] & 0xff;
      case SIGNED_BYTE -> values[index];
      case SHORT -> in.getShort(2 * index);
      case INT -> in.getInt(4 * index);
      case FLOAT -> in.getFloat(4 * index);
      case DOUBLE -> (float) in.getDouble(8 * index);
    };
  }

  /** One whole number. */
  int whole(int index) {
    return type == Type.INT ? ByteBuffer.wrap(values).getInt(4 * index) : (int) number(index);
  }

  /**
   * Reads to the end.
   *
   * @param in not closed
   * @param name for messages
   * @param rank the number of axes there must be
   * @throws BadFileException if this is not such a file, or it is longer or shorter than it says
   */
  static IdxFile read(InputStream in, String name, int rank) throws IOException {
    return readMagic(in, name, Type.UNSIGNED_BYTE.code << 8 | rank);
  }

  /**
   * Reads a file of any type and of 1 to 4 axes; errors as {@link #read(InputStream, String, int)}.
   */
  static IdxFile read(InputStream in, String name) throws IOException {
    return readMagic(in, name, ANY);
  }

  private static IdxFile readMagic(InputStream in, String name, int magic) throws IOException {
    Counting packed = new Counting(in);
    try {
      return readPlain(unpacked(packed), name, magic);
    } catch (EOFException e) { // from the unpacking, as is the next
      throw new BadFileException(name, packed.count, "more gzip data", "the end of the file");
    } catch (ZipException e) {
      throw new BadFileException(
          name, packed.count, "sound gzip data", "\"" + e.getMessage() + "\"");
    }
  }

  /** Knows how many bytes of the file were read. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    int mark = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return mark == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static IdxFile readPlain(InputStream in, String name, int expectedMagic)
      throws IOException {
    byte[] head = in.readNBytes(4);
    if (head.length < 4) {
      throw new BadFileException(name, 0, "an IDX file", "the end after " + head.length + " bytes");
    }
    int magic = bigEndian(head);
    Type type = Type.of(magic >>> 8);
    int rank = magic & 0xff;
    if (expectedMagic != ANY && magic != expectedMagic) {
      throw new BadFileException(name, 0, hex(expectedMagic) + " (IDX of bytes)", hex(magic));
    }
    if (type == null || rank < 1 || rank > MOST_AXES) {
      throw new BadFileException(
          name, 0, "0x0000 and a type and a number of axes of IDX, 1 to " + MOST_AXES, hex(magic));
    }
    int[] dims = new int[rank];
    long size = 1;
    for (int axis = 0; axis < rank; axis++) {
      long offset = 4L + 4L * axis;
      byte[] length = in.readNBytes(4);
      if (length.length < 4) {
        throw new BadFileException(name, offset, "the length of axis " + axis, "the end");
      }
      dims[axis] = bigEndian(length);
      size *= Math.max(0, dims[axis]);
      if (dims[axis] < 0 || size * type.bytes > Integer.MAX_VALUE - 16) {
        throw new BadFileException(
            name, offset, "at most 2 GiB", "a length of " + Integer.toUnsignedString(dims[axis]));
      }
    }
    byte[] values = in.readNBytes((int) size * type.bytes);
    long start = 4L + 4L * rank;
    if (values.length < size * type.bytes) {
      throw new BadFileException(
          name,
          start,
          size + " elements, as its head says",
          "the end after " + values.length / type.bytes);
    }
    if (in.read() >= 0) {
      throw new BadFileException(name, start + values.length, "the end", "more bytes");
    }
    return new IdxFile(type, dims, values);
  }

  private static int bigEndian(byte[] b) {
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
  }

  private static String hex(int magic) {
    return String.format("0x%08x", magic);
  }
}
