package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file in the IDX format, plain or packed with gzip: bytes in an array of one or more axes.
 *
 * <p>Layout, big-endian: two zero bytes, the element type (8: unsigned byte), the number of axes, a
 * 32-bit length for each, the elements. Memory is set aside as the elements arrive, not as the head
 * promises.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTE = 8;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final int[] dims;
  private final byte[] values;

  private IdxFile(int[] dims, byte[] values) {
    this.dims = dims;
    this.values = values;
  }

  int dim(int axis) {
    return dims[axis];
  }

  /** The elements, row-major, shared. */
  byte[] values() {
    return values;
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
    Counting packed = new Counting(in);
    try {
      return readPlain(unpacked(packed), name, rank);
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

  private static IdxFile readPlain(InputStream in, String name, int rank) throws IOException {
    byte[] head = in.readNBytes(4);
    int expectedMagic = UNSIGNED_BYTE << 8 | rank;
    if (head.length < 4) {
      throw new BadFileException(name, 0, "an IDX file", "the end after " + head.length + " bytes");
    }
    int magic = bigEndian(head);
    if (magic != expectedMagic) {
      throw new BadFileException(name, 0, hex(expectedMagic) + " (IDX of bytes)", hex(magic));
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
      if (dims[axis] < 0 || size > Integer.MAX_VALUE - 16) {
        throw new BadFileException(
            name, offset, "at most 2 GiB", "a length of " + Integer.toUnsignedString(dims[axis]));
      }
    }
    byte[] values = in.readNBytes((int) size);
    long start = 4L + 4L * rank;
    if (values.length < size) {
      throw new BadFileException(
          name, start, size + " elements, as its head says", "the end after " + values.length);
    }
    if (in.read() >= 0) {
      throw new BadFileException(name, start + size, "the end", "more bytes");
    }
    return new IdxFile(dims, values);
  }

  private static int bigEndian(byte[] b) {
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
  }

  private static String hex(int magic) {
    return String.format("0x%08x", magic);
  }
}
