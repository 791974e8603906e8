package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST: 60,000 + 10,000 pictures of clothes in MNIST's format, {@code [1, 28, 28]} (Xiao,
 * Rasul, Vollgraf, <i>Fashion-MNIST: a novel image dataset for benchmarking machine learning
 * algorithms</i>, arXiv 1708.07747).
 */
public final class FashionMnist {
  /** What is worn, as its authors call it. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /**
   * Four files of the same names as MNIST's in a folder, plain or with {@code .gz}.
   *
   * @throws BadFileException if one is missing, is not what it should be, or is MNIST's
   * @throws IOException if one cannot be read
   */
  public static Pictures read(Path folder) throws IOException {
    return IdxPictures.read(folder, "Fashion-MNIST", CLASS_NAMES);
  }
}
