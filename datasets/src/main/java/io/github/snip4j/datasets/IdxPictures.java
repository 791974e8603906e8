package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Four IDX files: MNIST's, and those of the datasets made after it. */
final class IdxPictures {
  private static final int SIDE = 28;
  private static final int FEWEST = 10; // a tenth of the training set is for validation

  private IdxPictures() {}

  /** An open file and its name for messages. */
  record Source(InputStream in, String name) implements Closeable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Opens a file by its published name, without {@code .gz}. */
  interface Opener {
    Source open(String name) throws IOException;
  }

  /** Looks at the elements of a file, by its place and its published name. */
  interface Check {
    void accept(byte[] values, String place, String name) throws BadFileException;
  }

  /**
   * The four files in a folder, plain or with {@code .gz}.
   *
   * @param dataset whose files they are to be, as in {@code MNIST}
   * @throws BadFileException if one is missing, is not what it should be, or is another dataset's
   */
  static Pictures read(Path folder, String dataset, List<String> classNames) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadFileException(folder.toString(), "there is no such folder");
    }
    return read(
        name -> {
          Path plain = folder.resolve(name);
          Path packed = folder.resolve(name + ".gz");
          Path file = Files.exists(plain) ? plain : packed;
          if (!Files.isRegularFile(file)) {
            throw new BadFileException(
                folder.toString(), "no file " + name + " or " + name + ".gz");
          }
          return new Source(Files.newInputStream(file), file.toString());
        },
        (values, place, name) -> PublishedIdx.check(values, place, dataset, name),
        classNames);
  }

  static Pictures read(Opener files, Check check, List<String> classNames) throws IOException {
    return new Pictures(
        readSet(files, check, "train", classNames), readSet(files, check, "t10k", classNames));
  }

  private static Dataset readSet(Opener files, Check check, String prefix, List<String> classNames)
      throws IOException {
    String imagesName = prefix + "-images-idx3-ubyte";
    String labelsName = prefix + "-labels-idx1-ubyte";
    try (Source images = files.open(imagesName);
        Source labels = files.open(labelsName)) {
      IdxFile pixels = IdxFile.read(images.in, images.name, 3);
      IdxFile classes = IdxFile.read(labels.in, labels.name, 1);
      if (pixels.dim(0) < FEWEST) {
        throw new BadFileException(
            images.name, 4, FEWEST + " pictures or more", String.valueOf(pixels.dim(0)));
      }
      if (pixels.dim(0) != classes.dim(0)) {
        throw new BadFileException(
            labels.name,
            4,
            pixels.dim(0) + " labels, one for each picture in " + images.name,
            String.valueOf(classes.dim(0)));
      }
      for (int axis = 1; axis <= 2; axis++) {
        if (pixels.dim(axis) != SIDE) {
          throw new BadFileException(
              images.name, 4 + 4 * axis, SIDE + " pixels", String.valueOf(pixels.dim(axis)));
        }
      }
      check.accept(pixels.values(), images.name, imagesName);
      check.accept(classes.values(), labels.name, labelsName);
      checkLabels(classes.values(), labels.name, classNames.size());
      return new Dataset(Shape.of(1, SIDE, SIDE), classNames, pixels.values(), classes.values());
    }
  }

  private static void checkLabels(byte[] labels, String name, int classes) throws BadFileException {
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) >= classes) {
        throw new BadFileException(
            name, 8L + i, "a label from 0 to " + (classes - 1), String.valueOf(labels[i] & 0xff));
      }
    }
  }
}
