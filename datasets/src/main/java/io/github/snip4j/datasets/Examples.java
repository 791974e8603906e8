package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.augment.Augmentation;
import java.util.Arrays;
import java.util.function.LongFunction;

/** Some of a dataset's examples, normalised: a split. Batches are made from here. */
public final class Examples {
  private final Dataset data;
  private final int[] indices;
  private final Normalization normalization;

  /**
   * @param indices which pictures, and in which order; copied
   */
  Examples(Dataset data, int[] indices, Normalization normalization) {
    this.data = data;
    this.indices = indices.clone();
    this.normalization = normalization;
  }

  /** The number of examples. */
  public int size() {
    return indices.length;
  }

  /** The dataset that these are some of. */
  public Dataset data() {
    return data;
  }

  /** How pixels become numbers, or numbers others. */
  public Normalization normalization() {
    return normalization;
  }

  /** How many are of one class. */
  public int count(int label) {
    return (int) Arrays.stream(indices).filter(i -> data.label(i) == label).count();
  }

  /**
   * The first of these examples.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Examples first(int count) {
    if (count < 1 || count > size()) {
      throw new IllegalArgumentException(
          count + " examples: expected 1 to " + size() + ", all there are");
    }
    return new Examples(data, Arrays.copyOf(indices, count), normalization);
  }

  /** These examples, normalised otherwise: as the examples that a network was trained on. */
  public Examples normalized(Normalization by) {
    if (by.means().size() != data.example().dim(0)) {
      throw new IllegalArgumentException(
          ("normalization of " + by.means().size() + " channels: the examples are ")
              + data.example());
    }
    return new Examples(data, indices, by);
  }

  /** These examples of another dataset, which has the same pictures under other labels. */
  Examples of(Dataset other) {
    return new Examples(other, indices, normalization);
  }

  /**
   * One random batch without repetition, a pure function of the seed.
   *
   * @return {@code [C, H, W, batchSize]}, or the axes of other examples and the batch
   * @throws IllegalArgumentException if the batch size is not in 1 .. {@link #size()}
   */
  public Batch sample(int batchSize, Seed seed) {
    return sample(batchSize, Sampling.random(), seed);
  }

  /**
   * One batch without repetition, a pure function of the seed.
   *
   * @throws IllegalArgumentException as {@link #sample(int, Seed)}, or if a class has too few
   */
  public Batch sample(int batchSize, Sampling sampling, Seed seed) {
    checkBatch(batchSize);
    return new BatchWriter(data, normalization).write(choose(batchSize, sampling, seed), null);
  }

  /**
   * A batch chosen like {@link #sample(int, Sampling, Seed)}, with the pictures augmented.
   *
   * @throws IllegalArgumentException likewise, or if the examples are no pictures
   */
  public Batch sample(int batchSize, Sampling sampling, Augmentation augmentation, Seed seed) {
    checkBatch(batchSize);
    data.requirePixels("augmentation");
    return new BatchWriter(data, normalization)
        .write(
            choose(batchSize, sampling, seed), augmentation, seed.child("augment").child(0), null);
  }

  private int[] choose(int batchSize, Sampling sampling, Seed seed) {
    return chosen(
        sampling.choose(batchSize, size(), data.classes(), i -> data.label(indices[i]), seed));
  }

  /** Epochs in a fixed order, for evaluation; batches and errors as {@link #sample}. */
  public ReusableBatches inOrder(int batchSize) {
    checkBatch(batchSize);
    BatchWriter writer = new BatchWriter(data, normalization);
    return new PictureBatches(
        size(),
        batchSize,
        epoch -> Sampling.identity(size()),
        (chosen, epoch, old) -> writer.write(chosen(chosen), old));
  }

  /**
   * Epochs without repetition, each in an order of its own, for training; batches and errors as
   * {@link #sample}.
   */
  public ReusableBatches shuffled(int batchSize, Seed seed) {
    checkBatch(batchSize);
    BatchWriter writer = new BatchWriter(data, normalization);
    return new PictureBatches(
        size(), batchSize, order(seed), (chosen, epoch, old) -> writer.write(chosen(chosen), old));
  }

  /**
   * Batches in the order of {@link #shuffled(int, Seed)} with the pictures augmented: each time
   * differently, as a pure function of (seed, epoch, the picture's index in the dataset).
   *
   * @throws IllegalArgumentException if the examples are no pictures
   */
  public ReusableBatches shuffled(int batchSize, Seed seed, Augmentation augmentation) {
    checkBatch(batchSize);
    data.requirePixels("augmentation");
    BatchWriter writer = new BatchWriter(data, normalization);
    Seed drawn = seed.child("augment");
    return new PictureBatches(
        size(),
        batchSize,
        order(seed),
        (chosen, epoch, old) ->
            writer.write(chosen(chosen), augmentation, drawn.child(epoch), old));
  }

  private LongFunction<int[]> order(Seed seed) {
    return epoch -> seed.child(epoch).permutation(size());
  }

  private void checkBatch(int batchSize) {
    if (batchSize < 1 || batchSize > size()) {
      throw new IllegalArgumentException(
          "batch size " + batchSize + ": expected 1 to " + size() + ", the number of examples");
    }
  }

  /** From places among these examples to places in the dataset. */
  private int[] chosen(int[] places) {
    int[] inDataset = new int[places.length];
    Arrays.setAll(inDataset, i -> indices[places[i]]);
    return inDataset;
  }
}
