package io.github.snip4j.datasets;

import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.random.Seed;
import java.nio.charset.StandardCharsets;

/**
 * A dataset as it was published: what {@link Mnist}, {@link FashionMnist}, {@link Cifar10} and
 * {@link TinyImageNet} read.
 *
 * @param training the training set, whole
 * @param test the test set, of the same shape and classes
 */
public record Pictures(Dataset training, Dataset test) {
  /**
   * Training set and test set.
   *
   * @throws IllegalArgumentException if their shapes or classes differ
   */
  public Pictures {
    if (!training.example().equals(test.example())
        || !training.classNames().equals(test.classNames())) {
      throw new IllegalArgumentException(
          ("pictures: training on " + training.example() + " in " + training.classes())
              + (" classes, testing on " + test.example() + " in " + test.classes()));
    }
  }

  /** Nine tenths of the training set to train on, one to validate on, and the test set. */
  public Splits split(Seed seed) {
    return Splits.of(training, test, seed);
  }

  /**
   * A digest (SHA-256, in hexadecimal) of both sets, all pixels, labels and names: another one if
   * anything in them is another. Reads all of it, about a gigabyte a second.
   */
  public String sha256() {
    return Sha256.of((training.sha256() + test.sha256()).getBytes(StandardCharsets.US_ASCII));
  }

  /** Negatives of all pictures. */
  public Pictures inverted() {
    return new Pictures(training.inverted(), test.inverted());
  }
}
