package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST: 60,000 + 10,000 handwritten digits, {@code [1, 28, 28]}. The four files are in an artifact
 * of their own, {@code io.github.snip4j:snip4j-mnist} (11 MB); attribution and licence are in the
 * README beside them.
 */
public final class Mnist {
  /** The digits, {@code "0"} to {@code "9"}. */
  public static final List<String> CLASS_NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /** Not a package's name: a module's descriptor need not open it. */
  private static final String FOLDER = "META-INF/mnist/";

  private Mnist() {}

  /**
   * MNIST from the artifact {@code snip4j-mnist}.
   *
   * @throws UncheckedIOException if that is not on the class path or module path
   */
  public static Pictures load() {
    try {
      return IdxPictures.read(
          name -> {
            String packed = name + ".gz";
            return new IdxPictures.Source(open(packed), packed);
          },
          (values, place, name) -> {}, // a test compares their hashes
          CLASS_NAMES);
    } catch (IOException e) {
      throw new UncheckedIOException("MNIST cannot be read: " + e.getMessage(), e);
    }
  }

  /** One of the four files, packed. */
  static InputStream open(String packed) throws FileNotFoundException {
    ClassLoader loader = Mnist.class.getClassLoader();
    InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(FOLDER + packed)
            : loader.getResourceAsStream(FOLDER + packed);
    if (in == null) {
      throw new FileNotFoundException(
          packed
              + " is in the artifact io.github.snip4j:snip4j-mnist, which is not on the class path"
              + " (or, on the module path, the module io.github.snip4j.mnist is not required)");
    }
    return in;
  }

  /**
   * Four files of the same names in a folder, plain or with {@code .gz}: {@code
   * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte},
   * {@code t10k-labels-idx1-ubyte}.
   *
   * @throws BadFileException if one is missing, is not what it should be, or is Fashion-MNIST's
   * @throws IOException if one cannot be read
   */
  public static Pictures read(Path folder) throws IOException {
    return IdxPictures.read(folder, "MNIST", CLASS_NAMES);
  }
}
