package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a JPEG picture of known size that nobody vouches for.
 *
 * <p>Implementation note: the values are taken from the raster, not by {@code getRGB}, which would
 * treat grey ones as linear light and change them. The JDK's decoder fills up what is missing of a
 * picture that was cut short, and says so in no exception; so the mark of the end is looked for,
 * and the decoder's own warning that a picture's data are not all there is an error.
 */
final class JpegPicture {
  private JpegPicture() {}

  /**
   * Decodes a picture into planes of red, green and blue; a grey one gives three equal planes.
   *
   * @param example the shape it must have, {@code [3, H, W]}
   * @param to modified, from {@code offset} on
   * @throws BadFileException if it is anything else
   */
  static void decode(byte[] jpeg, String name, Shape example, byte[] to, int offset)
      throws BadFileException {
    if (jpeg.length < 2 || (jpeg[0] & 0xff) != 0xff || (jpeg[1] & 0xff) != 0xd8) {
      throw new BadFileException(name, 0, "a JPEG picture (0xffd8)", "other bytes");
    }
    if (!JpegMarks.end(jpeg)) {
      throw new BadFileException(
          name, jpeg.length, "the mark of a JPEG picture's end (0xffd9)", "the end of the file");
    }
    Raster raster = raster(jpeg, name, example);
    int height = example.dim(1);
    int width = example.dim(2);
    int bands = raster.getNumBands();
    if (bands != 1 && bands != 3) {
      throw new BadFileException(name, "has " + bands + " channels: expected 1 or 3");
    }
    int[] row = new int[width];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, bands == 1 ? 0 : c, row);
        for (int x = 0; x < width; x++) {
          to[offset + (c * height + y) * width + x] = (byte) row[x];
        }
      }
    }
  }

  private static Raster raster(byte[] jpeg, String name, Shape example) throws BadFileException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      List<String> cutShort = new ArrayList<>();
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (warning.contains("remature end")) {
              cutShort.add(warning);
            }
          });
      int height = reader.getHeight(0); // before memory is set aside for it
      int width = reader.getWidth(0);
      if (height != example.dim(1) || width != example.dim(2)) {
        throw new BadFileException(
            name,
            ("is " + height + " x " + width + " pixels: expected ")
                + (example.dim(1) + " x " + example.dim(2)));
      }
      Raster raster = reader.read(0).getRaster();
      if (!cutShort.isEmpty()) {
        throw new BadFileException(name, "is cut short: " + cutShort.get(0));
      }
      return raster;
    } catch (BadFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the decoder throws both at damaged pictures
      throw new BadFileException(name, "is no JPEG picture that can be read: " + e.getMessage());
    } finally {
      reader.dispose();
    }
  }
}
