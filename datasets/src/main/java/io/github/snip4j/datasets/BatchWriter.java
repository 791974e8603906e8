package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.augment.Augmentation;
import io.github.snip4j.datasets.augment.Resampler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.joml.Matrix3x2f;
import org.jspecify.annotations.Nullable;

/**
 * Turns examples, which lie one after the other, into a batch, whose last axis is the batch.
 *
 * <p>Implementation note: a transposition. Eight pixels of eight pictures are a tile: those of a
 * picture are read as one number, and each write is half a cache line; 256 positions at a time, so
 * that all lines written stay in the second-level cache until the last picture is through (256
 * positions of 128 floats are 128 KB). Threads take pictures, not positions: so each picture is
 * read in order.
 */
final class BatchWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PICTURES = 8;
  private static final int PIXELS = Long.BYTES;
  private static final int AT_ONCE = 2 * PICTURES; // for a thread
  private static final int POSITIONS = 256;
  private static final int VALUES = 256;

  private final Dataset data;
  private final Normalization normalization;
  private final float[] table;
  private final float[][] values; // its parts, by channel

  BatchWriter(Dataset data, Normalization normalization) {
    this.data = data;
    this.normalization = normalization;
    this.table = data.hasPixels() ? normalization.table() : new float[0];
    this.values = new float[table.length / VALUES][];
    for (int c = 0; c < values.length; c++) {
      values[c] = Arrays.copyOfRange(table, c * VALUES, (c + 1) * VALUES);
    }
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
              writeRun(starts, first, last, from, next, values[from / plane], batch.x());
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

  /**
   * Writes some positions of one channel. The last tiles lie over those before them, where what is
   * left is no whole one.
   *
   * @param values what each of the 256 values of a pixel becomes
   */
  private void writeRun(
      int[] starts, int first, int last, int from, int end, float[] values, Tensor x) {
    byte[] pixels = data.pixels();
    int n = starts.length;
    if (last - first < PICTURES || end - from < PIXELS) {
      writeEach(pixels, starts, first, last, from, end, values, x);
      return;
    }
    for (int i = first; i < last; i += PICTURES) {
      int picture = Math.min(i, last - PICTURES);
      for (int p = from; p < end; p += PIXELS) {
        int pixel = Math.min(p, end - PIXELS);
        int at = x.offset() + pixel * n + picture;
        writeTile(pixels, starts, picture, pixel, values, x.data(), at);
      }
    }
  }

  /** Eight pixels of eight pictures; those of a picture are read as one number. */
  private static void writeTile(
      byte[] pixels, int[] starts, int i, int p, float[] values, float[] to, int at) {
    int n = starts.length;
    long p0 = (long) LONG.get(pixels, starts[i] + p);
    long p1 = (long) LONG.get(pixels, starts[i + 1] + p);
    long p2 = (long) LONG.get(pixels, starts[i + 2] + p);
    long p3 = (long) LONG.get(pixels, starts[i + 3] + p);
    long p4 = (long) LONG.get(pixels, starts[i + 4] + p);
    long p5 = (long) LONG.get(pixels, starts[i + 5] + p);
    long p6 = (long) LONG.get(pixels, starts[i + 6] + p);
    long p7 = (long) LONG.get(pixels, starts[i + 7] + p);
    for (int k = 0, o = at; k < PIXELS; k++, o += n) {
      int shift = k * Byte.SIZE;
      to[o] = values[(int) (p0 >>> shift) & 0xff];
      to[o + 1] = values[(int) (p1 >>> shift) & 0xff];
      to[o + 2] = values[(int) (p2 >>> shift) & 0xff];
      to[o + 3] = values[(int) (p3 >>> shift) & 0xff];
      to[o + 4] = values[(int) (p4 >>> shift) & 0xff];
      to[o + 5] = values[(int) (p5 >>> shift) & 0xff];
      to[o + 6] = values[(int) (p6 >>> shift) & 0xff];
      to[o + 7] = values[(int) (p7 >>> shift) & 0xff];
    }
  }

  private static void writeEach(
      byte[] pixels,
      int[] starts,
      int first,
      int last,
      int from,
      int end,
      float[] values,
      Tensor x) {
    int n = starts.length;
    for (int i = first; i < last; i++) {
      for (int p = from; p < end; p++) {
        x.data()[x.offset() + p * n + i] = values[pixels[starts[i] + p] & 0xff];
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
