package io.github.snip4j.core.internal.conv;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.function.IntUnaryOperator;

/**
 * The kept weights as terms of sums, one for each channel of the result: where in a padded image
 * each weight's run begins. They are sorted by chunks of the channels that they see, then by
 * channel of the result, then by row of the filter: so those of a chunk and a channel whose row
 * lies within the image are one range.
 *
 * <p>What a chunk sees of a stretch of the image stays in L1 while all channels of the result use
 * it; from L2 the kernels would wait two cycles of three. Where few terms of a channel lie in such
 * a chunk, reading and writing the sums costs more than is gained: then chunks are larger, or there
 * is one.
 */
final class IndirectionTable {
  private static final int L1_BYTES = 24 << 10;

  /** Terms of a channel in a chunk, on average. */
  private static final double FEWEST = 24;

  /** Terms whose places a thread looks up at a time. */
  private static final int AT_ONCE = 1 << 12;

  /** Which value each term is of. */
  private final int[] value;

  /** Where each term begins, relative to where the row of the image does. */
  final int[] offsets;

  final int chunks;

  /** Channels of the result. */
  final int channels;

  /** Which rows of the filter count at each row of the image. */
  final FilterRows filterRows;

  private final int[] begin;

  /**
   * Sorts them; each operator takes the number of a term.
   *
   * @param count how many terms there are
   * @param channels of the result
   */
  IndirectionTable(
      int count,
      int channels,
      FilterRows filterRows,
      int chunks,
      IntUnaryOperator chunk,
      IntUnaryOperator channel,
      IntUnaryOperator filterRow,
      IntUnaryOperator value,
      IntUnaryOperator offset) {
    this.chunks = chunks;
    this.channels = channels;
    this.filterRows = filterRows;
    int[] place = new int[count];
    int[] offsetOf = new int[count];
    Parallel.forRange(
        count,
        AT_ONCE,
        (from, to) -> {
          for (int k = from; k < to; k++) {
            place[k] = place(chunk.applyAsInt(k), channel.applyAsInt(k), filterRow.applyAsInt(k));
            offsetOf[k] = offset.applyAsInt(k);
          }
        });
    begin = new int[chunks * channels * filterRows.count() + 1];
    for (int k = 0; k < count; k++) {
      begin[place[k] + 1]++;
    }
    for (int p = 1; p < begin.length; p++) {
      begin[p] += begin[p - 1];
    }
    int[] next = begin.clone();
    this.value = new int[count];
    offsets = new int[count];
    for (int k = 0; k < count; k++) {
      int to = next[place[k]]++;
      this.value[to] = value.applyAsInt(k);
      offsets[to] = offsetOf[k];
    }
  }

  /**
   * How many channels to take at a time.
   *
   * @param channels that are seen, of one group
   * @param seen how many elements of one channel a stretch sees
   * @param perChannel terms per channel that is seen and channel of the result, on average
   */
  static int channelsPerChunk(int channels, int seen, double perChannel) {
    int fit = Math.max(1, L1_BYTES / Float.BYTES / seen);
    int enough = perChannel == 0 ? channels : (int) Math.min(channels, FEWEST / perChannel);
    int size = Math.max(fit, enough);
    return 2 * size > channels ? channels : size;
  }

  private int place(int chunk, int channel, int filterRow) {
    return (chunk * channels + channel) * filterRows.count() + filterRow;
  }

  /** The first term of a chunk and a channel of the result; of all channels, where they end. */
  int begin(int chunk, int channel) {
    return begin[place(chunk, channel, 0)];
  }

  /** The first of these terms that counts at a row of the image. */
  int begin(int chunk, int channel, int row) {
    return begin[place(chunk, channel, filterRows.begin(row))];
  }

  /** The term after the last that counts there; {@link #begin} or less if there is none. */
  int end(int chunk, int channel, int row) {
    return begin[place(chunk, channel, filterRows.end(row))];
  }

  /** How many there are. */
  int count() {
    return value.length;
  }

  long bytes() {
    return (long) Integer.BYTES * (begin.length + value.length + offsets.length);
  }

  /**
   * The values in the order of the terms.
   *
   * @return from the workspace
   */
  float[] sorted(Tensor values) {
    float[] sorted = Workspace.floats(value.length);
    float[] data = values.data();
    int at = values.offset();
    for (int i = 0; i < value.length; i++) {
      sorted[i] = data[at + value[i]];
    }
    return sorted;
  }

  /** Puts numbers of the terms {@code [from, to)} where their values are. */
  void unsort(float[] sorted, int from, int to, Tensor values) {
    float[] data = values.data();
    int at = values.offset();
    for (int i = from; i < to; i++) {
      data[at + value[i]] = sorted[i];
    }
  }
}
