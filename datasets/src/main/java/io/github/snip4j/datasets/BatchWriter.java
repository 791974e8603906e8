package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.augment.Augmentation;
import io.github.snip4j.datasets.augment.Resampler;
import org.joml.Matrix3x2f;
import org.jspecify.annotations.Nullable;

/**
 * Turns examples, which lie one after the other, into a batch, whose last axis is the batch.
 *
 * <p>Implementation note: a transposition. Eight pictures are read side by side, so that each write
 * is half a cache line; 256 positions at a time, so that all lines written stay in the second-level
 * cache until the last picture is through (256 positions of 128 floats are 128 KB). Threads take
 * pictures, not positions: so each picture is read in order.
 */
final class BatchWriter {
  private static final int PICTURES = 8;
  private static final int AT_ONCE = 2 * PICTURES; // for a thread
  private static final int POSITIONS = 256;
  private static final int VALUES = 256;

  private final Dataset data;
  private final Normalization normalization;
  private final float[] table;

  BatchWriter(Dataset data, Normalization normalization) {
    this.data = data;
    this.normalization = normalization;
    this.table = data.hasPixels() ? normalization.table() : new float[0];
  }

  /** The batch of these examples as they are. */
  Batch write(int[] indices, @Nullable Batch old) {
    Batch batch = sized(indices, old);
    int size = data.example().size();
    float[] numbers = data.numbers();
    if (numbers != null) {
      writeNumbers(numbers, indices, batch.x());
      return batch;
    }
    int plane = size / data.example().dim(0);
    int[] starts = new int[indices.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = indices[i] * size;
    }
    Parallel.forRange(
        starts.length,
        AT_ONCE,
        (first, last) -> {
          for (int p = 0; p < size; p += POSITIONS) {
            for (int end = Math.min(size, p + POSITIONS), next = p; next < end; ) {
              int from = next; // a run of positions in one channel
              next = Math.min(end, (from / plane + 1) * plane);
              writeRun(starts, first, last, from, next, from / plane * VALUES, batch.x());
            }
          }
        });
    return batch;
  }

  private void writeNumbers(float[] numbers, int[] indices, Tensor x) {
    int size = data.example().size();
    int each = size / data.example().dim(0);
    int n = indices.length;
    float[] to = x.data();
    for (int p = 0; p < size; p++) {
      float mean = normalization.means().get(p / each).floatValue();
      float deviation = normalization.deviations().get(p / each).floatValue();
      int row = x.offset() + p * n;
      for (int i = 0; i < n; i++) {
        to[row + i] = (numbers[indices[i] * size + p] - mean) / deviation;
      }
    }
  }

  private void writeRun(
      int[] starts, int first, int last, int from, int end, int values, Tensor x) {
    byte[] pixels = data.pixels();
    float[] to = x.data();
    int n = starts.length;
    int i = first;
    for (; i + PICTURES <= last; i += PICTURES) {
      int s0 = starts[i];
      int s1 = starts[i + 1];
      int s2 = starts[i + 2];
      int s3 = starts[i + 3];
      int s4 = starts[i + 4];
      int s5 = starts[i + 5];
      int s6 = starts[i + 6];
      int s7 = starts[i + 7];
      for (int p = from; p < end; p++) {
        int o = x.offset() + p * n + i;
        to[o] = table[values + (pixels[s0 + p] & 0xff)];
        to[o + 1] = table[values + (pixels[s1 + p] & 0xff)];
        to[o + 2] = table[values + (pixels[s2 + p] & 0xff)];
        to[o + 3] = table[values + (pixels[s3 + p] & 0xff)];
        to[o + 4] = table[values + (pixels[s4 + p] & 0xff)];
        to[o + 5] = table[values + (pixels[s5 + p] & 0xff)];
        to[o + 6] = table[values + (pixels[s6 + p] & 0xff)];
        to[o + 7] = table[values + (pixels[s7 + p] & 0xff)];
      }
    }
    for (; i < last; i++) {
      for (int p = from; p < end; p++) {
        to[x.offset() + p * n + i] = table[values + (pixels[starts[i] + p] & 0xff)];
      }
    }
  }

  /**
   * The batch of these pictures, augmented.
   *
   * @param seed of the epoch; each picture has a child of it by its index in the dataset
   */
  Batch write(int[] indices, Augmentation augmentation, Seed seed, @Nullable Batch old) {
    Batch batch = sized(indices, old);
    Shape example = data.example();
    Resampler resampler = new Resampler(example.dim(0), example.dim(1), example.dim(2), table);
    int size = example.size();
    int n = indices.length;
    Tensor to = batch.x();
    float[] drawn = new float[PICTURES * size];
    Matrix3x2f transform = new Matrix3x2f();
    for (int i = 0; i < n; i += PICTURES) {
      int count = Math.min(PICTURES, n - i);
      for (int j = 0; j < count; j++) {
        int index = indices[i + j];
        augmentation.follow(transform.identity(), seed.child(index));
        resampler.write(data.pixels(), index * size, transform, drawn, j * size);
      }
      for (int p = 0; p < size; p++) {
        for (int j = 0; j < count; j++) {
          to.put(p * n + i + j, drawn[j * size + p]);
        }
      }
    }
    return batch;
  }

  /** A batch with the labels in place, over the arrays of the old one where they fit. */
  private Batch sized(int[] indices, @Nullable Batch old) {
    Shape shape = data.example().append(indices.length);
    Batch batch =
        old != null && old.x().shape().equals(shape)
            ? old
            : new Batch(Tensor.zeros(shape), new int[indices.length]);
    for (int i = 0; i < indices.length; i++) {
      batch.labels()[i] = data.label(indices[i]);
    }
    return batch;
  }
}
