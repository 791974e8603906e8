package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;

/**
 * The largest of many magnitudes, in time proportional to their number.
 *
 * <p>The bits of a float that is not negative, read as an integer, are in the order of the floats.
 * So a magnitude is its bits, and the smallest one that is selected is found by counting twice: by
 * the upper 16 bits, then by the lower 15 of those that share its upper ones.
 */
final class Selection {
  /** The key of what is never selected. */
  static final int NEVER = -1;

  private static final int LOW_BITS = 15;
  private static final int LOW = (1 << LOW_BITS) - 1;

  private Selection() {}

  /** |t| as keys, in the order of the elements. */
  static int[] magnitudes(Tensor t) {
    int[] keys = new int[t.size()];
    float[] data = t.data();
    int at = t.offset();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Float.floatToRawIntBits(data[at + i]) & Integer.MAX_VALUE;
    }
    return keys;
  }

  /**
   * The indices of the largest keys, ascending; of equal ones at the cut those with the lower index
   * are selected.
   *
   * @param count at most as many as keys are not {@link #NEVER}
   */
  static int[] largest(int[] keys, int count) {
    int[] selected = new int[count];
    if (count == 0) {
      return selected;
    }
    int[] high = new int[1 << 16];
    for (int key : keys) {
      if (key >= 0) {
        high[key >>> LOW_BITS]++;
      }
    }
    int bucket = high.length;
    int left = count;
    do {
      bucket--;
      left -= high[bucket];
    } while (left > 0);
    left += high[bucket]; // so many of this bucket are selected
    int[] low = new int[LOW + 1];
    for (int key : keys) {
      if (key >= 0 && key >>> LOW_BITS == bucket) {
        low[key & LOW]++;
      }
    }
    int within = low.length;
    do {
      within--;
      left -= low[within];
    } while (left > 0);
    left += low[within]; // so many of the cut's own key are selected
    int cut = bucket << LOW_BITS | within;
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] > cut || (keys[i] == cut && left-- > 0)) {
        selected[next++] = i;
      }
    }
    return selected;
  }

  /** How many of some positions are not among others; both ascending. */
  static int newIn(int[] some, int[] others) {
    int count = 0;
    int next = 0;
    for (int position : some) {
      while (next < others.length && others[next] < position) {
        next++;
      }
      count += next < others.length && others[next] == position ? 0 : 1;
    }
    return count;
  }

  /** All of two sets of indices, ascending. */
  static int[] merged(int[] some, int[] others) {
    int[] all = Arrays.copyOf(some, some.length + others.length);
    System.arraycopy(others, 0, all, some.length, others.length);
    Arrays.sort(all);
    return all;
  }
}
