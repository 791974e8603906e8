package io.github.snip4j.datasets;

import io.github.snip4j.core.random.Seed;
import java.util.Arrays;

/**
 * The three parts of a dataset: to train on, to choose by, to report on.
 *
 * @param train what is left of the training set
 * @param validation a tenth of the training set, chosen by seed
 * @param test the test set, whole
 */
public record Splits(Examples train, Examples validation, Examples test) {
  /**
   * Splits a training set nine to one by seed; all parts are normalised by its statistics.
   *
   * @param trainingSet for MNIST 60,000 pictures, of which 54,000 and 6,000
   */
  public static Splits of(Dataset trainingSet, Dataset testSet, Seed seed) {
    Normalization normalization = Normalization.of(trainingSet);
    int[] order = seed.child("split").permutation(trainingSet.size());
    int validation = trainingSet.size() / 10;
    int[] all = new int[testSet.size()];
    Arrays.setAll(all, i -> i);
    return new Splits(
        new Examples(
            trainingSet, Arrays.copyOfRange(order, validation, order.length), normalization),
        new Examples(trainingSet, Arrays.copyOf(order, validation), normalization),
        new Examples(testSet, all, normalization));
  }
}
