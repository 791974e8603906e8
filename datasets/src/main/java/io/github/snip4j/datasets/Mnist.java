package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST: 60,000 + 10,000 handwritten digits, {@code [1, 28, 28]}. The four files are inside this
 * jar; attribution and licence are in the README beside them.
 */
public final class Mnist {
  /** The digits, {@code "0"} to {@code "9"}. */
  public static final List<String> CLASS_NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Mnist() {}

  /** MNIST as it is inside the jar. */
  public static Pictures load() {
    try {
      return IdxPictures.read(
          name -> {
            String packed = name + ".gz";
            InputStream in = Mnist.class.getResourceAsStream("mnist/" + packed);
            if (in == null) {
              throw new FileNotFoundException("mnist/" + packed + " is not in the jar");
            }
            return new IdxPictures.Source(in, packed);
          },
          (values, place, name) -> {}, // they come with this jar
          CLASS_NAMES);
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded MNIST cannot be read", e);
    }
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
