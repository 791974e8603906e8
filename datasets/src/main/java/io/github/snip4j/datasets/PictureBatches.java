package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts each epoch's order of the examples into batches.
 *
 * <p>Implementation note: the order of the epoch asked for last is kept, since the next step most
 * often lies in the same one.
 */
final class PictureBatches implements ReusableBatches {
  private final int size;
  private final int batchSize;
  private final LongFunction<int[]> order;
  private final Maker maker;
  private final int part;
  private final int parts;
  private volatile @Nullable Epoch last;

  /** Makes a batch. */
  interface Maker {
    Batch make(int[] chosen, long epoch, @Nullable Batch old);
  }

  private static final class Epoch {
    final long number;
    final int[] order;

    Epoch(long number, int[] order) {
      this.number = number;
      this.order = order;
    }
  }

  /**
   * @param size the number of examples
   * @param order the examples' numbers 0 .. size-1 in the order of an epoch
   * @param maker makes a batch of some of them
   */
  PictureBatches(int size, int batchSize, LongFunction<int[]> order, Maker maker) {
    this(size, batchSize, order, maker, 0, 1);
  }

  private PictureBatches(
      int size, int batchSize, LongFunction<int[]> order, Maker maker, int part, int parts) {
    this.size = size;
    this.batchSize = batchSize;
    this.order = order;
    this.maker = maker;
    this.part = part;
    this.parts = parts;
  }

  @Override
  public ReusableBatches part(int number, int of) {
    if (number < 0 || number >= of || parts > 1) {
      throw new IllegalArgumentException(
          "batches: part " + number + " of " + of + " of part " + part + " of " + parts);
    }
    return new PictureBatches(size, batchSize, order, maker, number, of);
  }

  @Override
  public int batchesPerEpoch() {
    return (size - 1) / batchSize + 1;
  }

  @Override
  public Batch at(long step, @Nullable Batch old) {
    long number = step / batchesPerEpoch();
    int from = (int) (step % batchesPerEpoch()) * batchSize;
    Epoch epoch = last;
    if (epoch == null || epoch.number != number) {
      epoch = new Epoch(number, order.apply(number));
      last = epoch;
    }
    int all = Math.min(size - from, batchSize);
    int[] chosen =
        Arrays.copyOfRange(
            epoch.order,
            from + Batch.partBegins(all, part, parts),
            from + Batch.partBegins(all, part + 1, parts));
    return maker.make(chosen, number, old);
  }
}
