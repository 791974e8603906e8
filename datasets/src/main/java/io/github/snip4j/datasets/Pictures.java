package io.github.snip4j.datasets;

import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.random.Seed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it was published, or as somebody has it: what {@link Mnist}, {@link FashionMnist},
 * {@link Cifar10}, {@link Cifar100}, {@link TinyImageNet} and {@link ExampleFiles} read. The
 * examples are pictures, or the rows of a table.
 *
 * @param training the training set, whole
 * @param validation what to choose by; null for a tenth of the training set
 * @param test the test set, of the same shape and classes
 */
public record Pictures(Dataset training, @Nullable Dataset validation, Dataset test) {
  private static final double TEST_SHARE = 0.2;

  /**
   * The sets.
   *
   * @throws IllegalArgumentException if their shapes or classes differ
   */
  public Pictures {
    for (Dataset other : validation == null ? List.of(test) : List.of(validation, test)) {
      if (!training.example().equals(other.example())
          || !training.classNames().equals(other.classNames())
          || training.hasPixels() != other.hasPixels()) {
        throw new IllegalArgumentException(
            ("pictures: training on " + training.example() + " in " + training.classes())
                + (" classes, testing on " + other.example() + " in " + other.classes()));
      }
    }
  }

  /** Training set and test set; errors as the other constructor's. */
  public Pictures(Dataset training, Dataset test) {
    this(training, null, test);
  }

  /**
   * Sets a fifth of each class apart to test on, at least one example of each that has two.
   *
   * @param seed which ones; whoever tests a network needs the one that it was trained with
   */
  public static Pictures divided(Dataset all, Seed seed) {
    boolean[] test = testOnes(IntStream.range(0, all.size()).map(all::label).toArray(), seed);
    return new Pictures(
        all.chosen(IntStream.range(0, test.length).filter(i -> !test[i]).toArray()),
        all.chosen(IntStream.range(0, test.length).filter(i -> test[i]).toArray()));
  }

  /** Which examples are to be tested on, by their labels. */
  static boolean[] testOnes(int[] labels, Seed seed) {
    Map<Integer, Integer> left = new HashMap<>();
    for (int label : labels) {
      left.merge(label, 1, Integer::sum);
    }
    left.replaceAll(
        (label, count) -> count < 2 ? 0 : (int) Math.max(1, Math.round(TEST_SHARE * count)));
    boolean[] test = new boolean[labels.length];
    for (int i : seed.child("test").permutation(labels.length)) {
      test[i] = left.merge(labels[i], -1, Integer::sum) >= 0;
    }
    return test;
  }

  /**
   * What to train on, to validate on and to test on; of a training set without a validation set of
   * its own nine tenths and one, by seed.
   *
   * @throws IllegalArgumentException if there are too few for that
   */
  public Splits split(Seed seed) {
    return validation == null
        ? Splits.of(training, test, seed)
        : Splits.of(training, validation, test, seed);
  }

  /**
   * A digest (SHA-256, in hexadecimal) of all sets, all pixels or numbers, labels and names:
   * another one if anything in them is another. Reads all of it, about a gigabyte a second.
   */
  public String sha256() {
    String own = validation == null ? "" : validation.sha256();
    return Sha256.of((training.sha256() + own + test.sha256()).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * These pictures in another size, resized bilinearly; pictures that have it stay as they are.
   *
   * @throws IllegalArgumentException if the examples are numbers of another size
   */
  public Pictures resized(ReadOptions.Size size) {
    return new Pictures(
        training.resized(size),
        validation == null ? null : validation.resized(size),
        test.resized(size));
  }

  /**
   * Negatives of all pictures.
   *
   * @throws IllegalArgumentException if the examples are numbers
   */
  public Pictures inverted() {
    return new Pictures(
        training.inverted(), validation == null ? null : validation.inverted(), test.inverted());
  }
}
