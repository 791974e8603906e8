package io.github.snip4j.core.io;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes pictures in the PNG format (W3C, <i>Portable Network Graphics Specification</i>, 2003): 8
 * bits each of red, green, blue and opacity. It needs no graphics library and no temporary files.
 */
public final class Png {
  private static final byte[] MARK = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] RGBA_8_BITS = {8, 6, 0, 0, 0}; // deflate, filters, not interlaced

  private Png() {}

  /**
   * Writes a picture.
   *
   * @param argb opacity, red, green and blue of each pixel, row by row, {@code [height * width]};
   *     not modified
   * @throws IllegalArgumentException if width or height is not positive, or there are not so many
   *     pixels
   */
  public static void write(OutputStream out, int width, int height, int[] argb) throws IOException {
    if (width < 1 || height < 1 || argb.length != (long) width * height) {
      throw new IllegalArgumentException(
          "png: " + width + " x " + height + " with " + argb.length + " pixels");
    }
    DataOutputStream data = new DataOutputStream(out);
    data.write(MARK);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(head);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(RGBA_8_BITS);
    chunk(data, "IHDR", head.toByteArray());
    chunk(data, "IDAT", packed(width, height, argb));
    chunk(data, "IEND", new byte[0]);
    data.flush();
  }

  private static byte[] packed(int width, int height, int[] argb) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream rows = new DeflaterOutputStream(bytes, best)) {
      byte[] row = new byte[1 + 4 * width]; // the first byte: no filter
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int pixel = argb[y * width + x];
          row[1 + 4 * x] = (byte) (pixel >> 16);
          row[2 + 4 * x] = (byte) (pixel >> 8);
          row[3 + 4 * x] = (byte) pixel;
          row[4 + 4 * x] = (byte) (pixel >> 24);
        }
        rows.write(row);
      }
    } finally {
      best.end();
    }
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) checksum.getValue());
  }
}
