package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MNIST: 60,000 + 10,000 handwritten digits, {@code [1, 28, 28]}. The four files are inside this
 * jar; attribution and licence are in the README beside them.
 */
public final class Mnist {
  private static final int CLASSES = 10;
  private static final int SIDE = 28;
  private static final int FEWEST = 10; // a tenth of the training set is for validation

  private final Dataset training;
  private final Dataset test;

  private Mnist(Dataset training, Dataset test) {
    this.training = training;
    this.test = test;
  }

  /** MNIST as it is inside the jar. */
  public static Mnist load() {
    try {
      return read(
          name -> {
            String packed = name + ".gz";
            InputStream in = Mnist.class.getResourceAsStream("mnist/" + packed);
            if (in == null) {
              throw new FileNotFoundException("mnist/" + packed + " is not in the jar");
            }
            return new Source(in, packed);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded MNIST cannot be read", e);
    }
  }

  /**
   * Four files of the same names in a folder, plain or with {@code .gz}: {@code
   * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte},
   * {@code t10k-labels-idx1-ubyte}.
   *
   * @throws BadFileException if one is missing or is not what it should be
   * @throws IOException if one cannot be read
   */
  public static Mnist read(Path folder) throws IOException {
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
        });
  }

  private record Source(InputStream in, String name) implements Closeable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private interface Opener {
    Source open(String name) throws IOException;
  }

  private static Mnist read(Opener files) throws IOException {
    return new Mnist(readSet(files, "train"), readSet(files, "t10k"));
  }

  private static Dataset readSet(Opener files, String prefix) throws IOException {
    try (Source images = files.open(prefix + "-images-idx3-ubyte");
        Source labels = files.open(prefix + "-labels-idx1-ubyte")) {
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
      checkLabels(classes.values(), labels.name);
      return new Dataset(Shape.of(1, SIDE, SIDE), CLASSES, pixels.values(), classes.values());
    }
  }

  private static void checkLabels(byte[] labels, String name) throws BadFileException {
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) >= CLASSES) {
        throw new BadFileException(
            name, 8L + i, "a label from 0 to 9", String.valueOf(labels[i] & 0xff));
      }
    }
  }

  /** The training set, 60,000 pictures. */
  public Dataset training() {
    return training;
  }

  /** The test set, 10,000 pictures. */
  public Dataset test() {
    return test;
  }

  /** 54,000 to train on, 6,000 to validate on, 10,000 to test on. */
  public Splits split(Seed seed) {
    return Splits.of(training, test, seed);
  }
}
