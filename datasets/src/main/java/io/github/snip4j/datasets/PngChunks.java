package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file: a length of 4 bytes, a type of 4, the content, a checksum of 4 (W3C,
 * <i>Portable Network Graphics</i>, section 5.3). The JDK's decoder looks neither at checksums nor
 * for the end of a picture that was cut short.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int END = 0x49454e44; // IEND
  private static final int AROUND = 12; // bytes of a chunk besides its content

  private PngChunks() {}

  /**
   * Refuses a file that is not whole.
   *
   * @throws BadFileException if a chunk is damaged or the last one is missing
   */
  static void check(byte[] png, String name) throws BadFileException {
    ByteBuffer in = ByteBuffer.wrap(png);
    int at = SIGNATURE;
    while (at + AROUND <= png.length) {
      int length = in.getInt(at);
      if (length < 0 || length > png.length - at - AROUND) {
        throw new BadFileException(
            name, at, length + " bytes of a chunk", "the end after " + (png.length - at - AROUND));
      }
      CRC32 checksum = new CRC32();
      checksum.update(png, at + 4, 4 + length);
      if ((int) checksum.getValue() != in.getInt(at + 8 + length)) {
        throw new BadFileException(
            name, at, "a chunk with the checksum that it says", "a damaged one");
      }
      if (in.getInt(at + 4) == END) {
        return;
      }
      at += AROUND + length;
    }
    throw new BadFileException(
        name, png.length, "the chunk that ends a PNG picture", "the end of the file");
  }
}
