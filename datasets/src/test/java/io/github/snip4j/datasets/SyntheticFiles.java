package io.github.snip4j.datasets;

import io.github.snip4j.core.random.Seed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Files of pictures and arrays as people have them. */
final class SyntheticFiles {
  private SyntheticFiles() {}

  /** A picture of noise. */
  static BufferedImage noise(int type, int height, int width, long seed) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          int value = new Seed(seed).below(3L * (y * width + x) + band, 256);
          image.getRaster().setSample(x, y, band, value);
        }
      }
    }
    return image;
  }

  static Path write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }

  static Path grey(Path file, int height, int width, long seed) throws IOException {
    return write(file, noise(BufferedImage.TYPE_BYTE_GRAY, height, width, seed));
  }

  static Path colour(Path file, int height, int width, long seed) throws IOException {
    return write(file, noise(BufferedImage.TYPE_3BYTE_BGR, height, width, seed));
  }

  /** An IDX file. */
  static Path idx(Path file, int type, byte[] elements, int... dims) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      ByteBuffer head = ByteBuffer.allocate(4 + 4 * dims.length);
      head.putInt(type << 8 | dims.length);
      for (int dim : dims) {
        head.putInt(dim);
      }
      out.write(head.array());
      out.write(elements);
    }
    return file;
  }

  /** Noise as Python 2 pickled CIFAR: {@code {'data': array, labelsName: [labels]}}. */
  static byte[] pickle(String labelsName, int... labels) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2, '}', 'q', 1, '('});
    text(out, "data");
    out.write("cnumpy.core.multiarray\n_reconstruct\nq\u0002".getBytes(StandardCharsets.US_ASCII));
    out.write("cnumpy\nndarray\nK\0\u0085".getBytes(StandardCharsets.ISO_8859_1));
    text(out, "b");
    out.write("\u0087Rq\u0003(K\u0001".getBytes(StandardCharsets.ISO_8859_1));
    out.write(new byte[] {'K', (byte) labels.length, 'M', 0, 12, (byte) 0x86}); // [N, 3072]
    out.write("cnumpy\ndtype\n".getBytes(StandardCharsets.US_ASCII));
    text(out, "u1");
    out.write("K\0K\u0001\u0087R(K\u0003".getBytes(StandardCharsets.ISO_8859_1));
    text(out, "|");
    out.write(
        "NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089"
            .getBytes(StandardCharsets.ISO_8859_1));
    byte[] pixels = pixels(labels.length);
    out.write('T');
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(pixels.length).array());
    out.write(pixels);
    out.write("tb".getBytes(StandardCharsets.US_ASCII));
    text(out, labelsName);
    out.write("](".getBytes(StandardCharsets.US_ASCII));
    for (int label : labels) {
      out.write(new byte[] {'K', (byte) label});
    }
    out.write("eu.".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write('U');
    out.write(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What the pictures of {@link #pickle} are. */
  static byte[] pixels(int count) {
    byte[] pixels = new byte[3072 * count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) new Seed(5).below(i, 256);
    }
    return pixels;
  }
}
