package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PNG or JPEG picture of any size that nobody vouches for: grey or coloured, of a palette
 * or not, 1 to 16 bits deep; what is transparent is taken as if it were not.
 *
 * <p>Implementation note: values are taken from the raster, not by {@code getRGB}, which would
 * treat grey ones as linear light and change them.
 */
final class AnyPicture {
  /** Neither format packs more pixels into a byte: 8 x 1032, of a PNG's deflate. */
  private static final long PIXELS_PER_BYTE = 8256;

  private static final long MOST_PIXELS = 1 << 26;

  private AnyPicture() {}

  /**
   * What a picture is before its pixels are read.
   *
   * @param isGrey whether it has one channel, or a palette of grey
   */
  record Head(int height, int width, boolean isGrey) {}

  /** What a file is to do with its reader. */
  private interface Work<T> {
    T of(ImageReader reader, Head head, List<String> warnings) throws IOException;
  }

  /** Size and colour of a picture. */
  static Head head(byte[] file, String name) throws BadFileException {
    return read(file, name, (reader, head, warnings) -> head);
  }

  /**
   * The pixels, plane after plane.
   *
   * @param channels 1, or 3 for red, green and blue, which of a grey picture are equal
   */
  static byte[] planes(byte[] file, String name, int channels) throws BadFileException {
    return read(
        file,
        name,
        (reader, head, warnings) -> {
          BufferedImage image = reader.read(0);
          if (!warnings.isEmpty()) {
            throw new BadFileException(name, "is cut short: " + warnings.get(0));
          }
          return planes(image, channels);
        });
  }

  private static <T> T read(byte[] file, String name, Work<T> work) throws BadFileException {
    String format = format(file, name);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.contains("remature end")) {
              warnings.add(warning);
            }
          });
      reader.setInput(in, true, true);
      int height = reader.getHeight(0); // before memory is set aside for it
      int width = reader.getWidth(0);
      long pixels = (long) height * width;
      if (pixels > MOST_PIXELS || pixels > PIXELS_PER_BYTE * file.length) {
        throw new BadFileException(
            name,
            ("claims " + height + " x " + width + " pixels in " + file.length + " bytes: expected")
                + (" at most " + MOST_PIXELS + ", and " + PIXELS_PER_BYTE + " for each byte"));
      }
      return work.of(reader, new Head(height, width, isGrey(reader)), warnings);
    } catch (BadFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the decoders throw both at damaged pictures
      throw new BadFileException(
          name,
          "is no "
              + format.toUpperCase(Locale.ROOT)
              + " picture that can be read: "
              + e.getMessage());
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] file, String name) throws BadFileException {
    if (begins(file, 0, "\u0089PNG\r\n\u001a\n")) {
      PngChunks.check(file, name);
      return "png";
    }
    if (begins(file, 0, "\u00ff\u00d8")) {
      if (!JpegMarks.end(file)) {
        throw new BadFileException(
            name, file.length, "the mark of a JPEG picture's end (0xffd9)", "the end of the file");
      }
      return "jpeg";
    }
    String other = otherFormat(file);
    throw new BadFileException(
        name,
        other == null
            ? "is no picture: expected PNG or JPEG"
            : "is a picture of the format " + other + ": expected PNG or JPEG");
  }

  private static @Nullable String otherFormat(byte[] file) {
    if (begins(file, 0, "RIFF") && begins(file, 8, "WEBP")) {
      return "WebP";
    }
    return begins(file, 0, "GIF8")
        ? "GIF"
        : begins(file, 0, "BM")
            ? "BMP"
            : begins(file, 0, "II*\0") || begins(file, 0, "MM\0*") ? "TIFF" : null;
  }

  private static boolean begins(byte[] file, int at, String latin1) {
    byte[] mark = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return file.length >= at + mark.length
        && Arrays.equals(file, at, at + mark.length, mark, 0, mark.length);
  }

  private static boolean isGrey(ImageReader reader) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw new IOException("its colours are of a kind that is not known");
    }
    ColorModel colours = types.next().getColorModel();
    if (colours instanceof IndexColorModel palette) {
      for (int i = 0; i < palette.getMapSize(); i++) {
        if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
          return false;
        }
      }
      return true;
    }
    return colours.getNumColorComponents() == 1;
  }

  private static byte[] planes(BufferedImage image, int channels) throws IOException {
    ColorModel colours = image.getColorModel();
    Raster raster = image.getRaster();
    int bands = colours.getNumColorComponents();
    boolean palette = colours instanceof IndexColorModel;
    if (!palette && bands != 1 && bands != 3) {
      throw new IOException(bands + " colours: expected grey, or red, green and blue");
    }
    int deeper = palette ? 0 : Math.max(0, colours.getComponentSize(0) - 8);
    int width = raster.getWidth();
    byte[] planes = new byte[Math.multiplyExact(channels * width, raster.getHeight())];
    int[] row = new int[width];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(0, y, width, 1, palette || bands == 1 ? 0 : c, row);
        for (int x = 0; x < width; x++) {
          planes[at++] =
              (byte) (palette ? colour((IndexColorModel) colours, c, row[x]) : row[x] >> deeper);
        }
      }
    }
    return planes;
  }

  private static int colour(IndexColorModel palette, int channel, int index) {
    return channel == 0
        ? palette.getRed(index)
        : channel == 1 ? palette.getGreen(index) : palette.getBlue(index);
  }
}
