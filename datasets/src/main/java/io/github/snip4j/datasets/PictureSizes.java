package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape that the pictures of a folder have, or are given. */
final class PictureSizes {
  private static final long LARGEST = 1 << 28; // bytes in a file

  private final Shape example;
  private final ReadOptions.@Nullable Size size;

  private PictureSizes(Shape example, ReadOptions.@Nullable Size size) {
    this.example = example;
    this.size = size;
  }

  /**
   * One channel if all are grey, else three; the size that all have.
   *
   * @param size to resize them to; null for none
   * @throws BadFileException if one is no picture, or has another size and there is none to resize
   *     to
   */
  static PictureSizes of(List<Path> files, ReadOptions.@Nullable Size size) throws IOException {
    AnyPicture.Head first = AnyPicture.head(bytes(files.get(0)), files.get(0).toString());
    boolean grey = first.isGrey();
    for (Path file : files.subList(1, files.size())) {
      AnyPicture.Head head = AnyPicture.head(bytes(file), file.toString());
      grey &= head.isGrey();
      if (size == null && (head.height() != first.height() || head.width() != first.width())) {
        throw new BadFileException(
            file.toString(),
            ("is " + head.height() + " x " + head.width() + " pixels, and " + files.get(0))
                + (" "
                    + first.height()
                    + " x "
                    + first.width()
                    + ": expected pictures of one size,")
                + " or ReadOptions.size, to which they are resized");
      }
    }
    int height = size == null ? first.height() : size.height();
    int width = size == null ? first.width() : size.width();
    return new PictureSizes(Shape.of(grey ? 1 : 3, height, width), size);
  }

  Shape example() {
    return example;
  }

  void decode(Path file, byte[] pixels, int offset) throws IOException {
    byte[] packed = bytes(file);
    String name = file.toString();
    byte[] planes = AnyPicture.planes(packed, name, example.dim(0));
    AnyPicture.Head head = AnyPicture.head(packed, name);
    if (head.height() == example.dim(1) && head.width() == example.dim(2)) {
      System.arraycopy(planes, 0, pixels, offset, planes.length);
    } else if (size != null) {
      new Resizing(example.dim(0), head.height(), head.width(), size)
          .write(planes, 0, pixels, offset);
    } else {
      throw new BadFileException(name, "has changed while it was being read");
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      throw new BadFileException(
          file.toString(), "expected a file of at most " + LARGEST + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
