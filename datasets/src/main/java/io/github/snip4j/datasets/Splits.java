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
   * @throws IllegalArgumentException if it has fewer than 2 examples, or the test set none
   */
  public static Splits of(Dataset trainingSet, Dataset testSet, Seed seed) {
    if (trainingSet.size() < 2 || testSet.size() < 1) {
      throw new IllegalArgumentException(
          (trainingSet.size() + " examples to train on and " + testSet.size() + " to test on:")
              + " expected 2 or more, one of them for validation, and 1 or more");
    }
    Normalization normalization = Normalization.of(trainingSet);
    int[] order = seed.child("split").permutation(trainingSet.size());
    int validation = Math.max(1, trainingSet.size() / 10);
    return new Splits(
        new Examples(
            trainingSet, Arrays.copyOfRange(order, validation, order.length), normalization),
        new Examples(trainingSet, Arrays.copyOf(order, validation), normalization),
        new Examples(testSet, Sampling.identity(testSet.size()), normalization));
  }

  /**
   * Three parts that somebody made; all are normalised by the statistics of the training set, which
   * is in an order by seed.
   *
   * @throws IllegalArgumentException if one has no examples
   */
  static Splits of(Dataset trainingSet, Dataset validationSet, Dataset testSet, Seed seed) {
    if (Math.min(trainingSet.size(), Math.min(validationSet.size(), testSet.size())) < 1) {
      throw new IllegalArgumentException(
          (trainingSet.size() + " examples to train on, " + validationSet.size() + " to validate")
              + (" on and " + testSet.size() + " to test on: expected 1 or more of each"));
    }
    Normalization normalization = Normalization.of(trainingSet);
    int[] order = seed.child("split").permutation(trainingSet.size());
    return new Splits(
        new Examples(trainingSet, order, normalization),
        new Examples(validationSet, Sampling.identity(validationSet.size()), normalization),
        new Examples(testSet, Sampling.identity(testSet.size()), normalization));
  }

  /**
   * These parts with only some of the examples to train on: the first, which are random ones, as
   * the split is. What is left is normalised as before.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Splits limited(int trainingExamples) {
    return new Splits(train.first(trainingExamples), validation, test);
  }

  /**
   * These parts, but every picture of the training set, validation included, has a label drawn at
   * random, uniformly and for good: nothing can be learned, only memorised. The test set keeps its
   * true labels.
   */
  public Splits withRandomLabels(Seed seed) {
    Dataset data = train.data();
    Dataset random = randomLabels(data, seed);
    Dataset validated = validation.data();
    return new Splits(
        train.of(random),
        validation.of(
            validated == data ? random : randomLabels(validated, seed.child("validation"))),
        test);
  }

  private static Dataset randomLabels(Dataset data, Seed seed) {
    int[] labels = new int[data.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = seed.below(i, data.classes());
    }
    return data.withLabels(labels);
  }
}
