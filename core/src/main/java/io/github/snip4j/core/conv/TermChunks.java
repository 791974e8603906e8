package io.github.snip4j.core.conv;

import io.github.snip4j.core.tensor.Workspace;
import java.util.function.IntUnaryOperator;

/**
 * The kept weights of each row in chunks of channels, so that what a chunk sees of a stretch of the
 * image stays in L1 while all rows use it. From L2 the kernels would wait two cycles of three.
 *
 * <p>Where few weights of a row lie in such a chunk, reading and writing the sums costs more than
 * is gained: then chunks are larger, or there is one.
 */
final class TermChunks {
  private static final int L1_BYTES = 24 << 10;

  /** Kept weights of a row in a chunk, on average. */
  private static final double FEWEST = 12;

  final int count;
  private final int rows;
  private final int[] bounds;

  /**
   * @param channels of one group
   * @param seen how many elements of one channel a stretch sees
   * @param perChannel kept weights of a row per channel, on average
   */
  static int channelsPerChunk(int channels, int seen, double perChannel) {
    int fit = Math.max(1, L1_BYTES / Float.BYTES / seen);
    int enough = perChannel == 0 ? channels : (int) Math.min(channels, FEWEST / perChannel);
    int size = Math.max(fit, enough);
    return 2 * size > channels ? channels : size;
  }

  /**
   * @param start where each row begins; one more than there are rows
   * @param chunkOf the chunk of value k, ascending within a row
   */
  TermChunks(int count, int rows, IntUnaryOperator start, IntUnaryOperator chunkOf) {
    this.count = count;
    this.rows = rows;
    bounds = Workspace.ints((count + 1) * rows);
    for (int r = 0; r < rows; r++) {
      int k = start.applyAsInt(r);
      int end = start.applyAsInt(r + 1);
      for (int chunk = 0; chunk < count; chunk++) {
        bounds[chunk * rows + r] = k;
        while (k < end && chunkOf.applyAsInt(k) == chunk) {
          k++;
        }
      }
      bounds[count * rows + r] = end;
    }
  }

  /** The first value of a row in this chunk; of {@link #count} where the row ends. */
  int begin(int chunk, int row) {
    return bounds[chunk * rows + row];
  }

  void giveBack() {
    Workspace.giveBack(bounds);
  }
}
