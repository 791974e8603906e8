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
    return new Splits(
        new Examples(
            trainingSet, Arrays.copyOfRange(order, validation, order.length), normalization),
        new Examples(trainingSet, Arrays.copyOf(order, validation), normalization),
        new Examples(testSet, Sampling.identity(testSet.size()), normalization));
  }

  /**
   * The same parts with only some of the examples to train on: the first, which are random ones, as
   * the split is. What is left is normalised as before.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Splits limited(int trainingExamples) {
    return new Splits(train.first(trainingExamples), validation, test);
  }

  /**
   * The same parts, but every picture of the training set, validation included, has a label drawn
   * at random, uniformly and for good: nothing can be learned, only memorised. The test set keeps
   * its true labels.
   */
  public Splits withRandomLabels(Seed seed) {
    Dataset data = train.data();
    byte[] labels = new byte[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) seed.below(i, data.classes());
    }
    Dataset random = data.withLabels(labels);
    return new Splits(train.of(random), validation.of(random), test);
  }
}
