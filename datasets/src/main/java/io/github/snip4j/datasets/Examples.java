package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/** Some of a dataset's pictures, normalised: a split. Batches are made from here. */
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

  /** The number of pictures. */
  public int size() {
    return indices.length;
  }

  /**
   * One random batch without repetition, a pure function of the seed.
   *
   * @return {@code [C, H, W, batchSize]}
   * @throws IllegalArgumentException if the batch size is not in 1 .. {@link #size()}
   */
  public Batch sample(int batchSize, Seed seed) {
    checkBatch(batchSize);
    return batch(Arrays.copyOf(seed.permutation(size()), batchSize), normalization.table());
  }

  /** Epochs in a fixed order, for evaluation; batches and errors as {@link #sample}. */
  public BatchSource inOrder(int batchSize) {
    checkBatch(batchSize);
    float[] table = normalization.table();
    return new Epochs(size(), batchSize, epoch -> identity(), chosen -> batch(chosen, table));
  }

  /**
   * Epochs without repetition, each in an order of its own, for training; batches and errors as
   * {@link #sample}.
   */
  public BatchSource shuffled(int batchSize, Seed seed) {
    checkBatch(batchSize);
    float[] table = normalization.table();
    return new Epochs(
        size(),
        batchSize,
        epoch -> seed.child(epoch).permutation(size()),
        chosen -> batch(chosen, table));
  }

  private void checkBatch(int batchSize) {
    if (batchSize < 1 || batchSize > size()) {
      throw new IllegalArgumentException(
          "batch size " + batchSize + ": expected 1 to " + size() + ", the number of examples");
    }
  }

  private int[] identity() {
    int[] order = new int[size()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private Batch batch(int[] chosen, float[] table) {
    int n = chosen.length;
    int size = data.example().size();
    byte[] pixels = data.pixels();
    Tensor x = Tensor.zeros(data.example().append(n));
    int[] labels = new int[n];
    float[] to = x.data();
    for (int i = 0; i < n; i++) {
      int index = indices[chosen[i]];
      int from = index * size;
      labels[i] = data.label(index);
      for (int p = 0; p < size; p++) {
        to[p * n + i] = table[pixels[from + p] & 0xff];
      }
    }
    return new Batch(x, labels);
  }
}
