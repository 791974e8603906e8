package io.github.snip4j.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where published files may be that are no part of the project. */
final class RealFiles {
  private RealFiles() {}

  /**
   * A file or folder of {@code shared/data} beside the checkout; without it the test is skipped.
   */
  static Path shared(String name) {
    return orSkip(Path.of("../../shared/data").resolve(name));
  }

  /** Fashion-MNIST as Debian installs it; without it the test is skipped. */
  static Path fashionMnist() {
    return orSkip(Path.of("/usr/share/datasets/fashion-mnist"));
  }

  private static Path orSkip(Path path) {
    Assumptions.assumeTrue(Files.exists(path), path + " is not there");
    return path;
  }

  /** How many pictures of each class a dataset has. */
  static long[] counts(Dataset data) {
    long[] counts = new long[data.classes()];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
    }
    return counts;
  }
}
