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

  /** So many elements are looked at to guess a lower bound of what is selected. */
  private static final int SAMPLE = 1 << 12;

  private Selection() {}

  /** |t| as keys, in the order of the elements. */
  static int[] magnitudes(Tensor t) {
    int[] keys = new int[t.size()];
    float[] data = t.data();
    int at = t.offset();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = magnitude(data[at + i]);
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

  /**
   * The positions of the largest |t|, ascending, but for some; of equal ones at the cut those with
   * the lower position are selected. Where few of many are, most are only compared with a bound
   * that a sample of them gives.
   *
   * @param never positions that are not selected, ascending
   * @param count at most as many as there are others
   */
  static int[] largest(Tensor t, int[] never, int count) {
    int[] candidates = above(t, bound(t, never.length + (long) count), never);
    if (candidates.length < count) {
      candidates = above(t, 0, never);
    }
    float[] data = t.data();
    int[] keys = new int[candidates.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = magnitude(data[t.offset() + candidates[i]]);
    }
    int[] selected = largest(keys, count);
    for (int i = 0; i < count; i++) {
      selected[i] = candidates[selected[i]];
    }
    return selected;
  }

  /** A key that probably more than so many elements reach; 0 if there are not many more. */
  private static int bound(Tensor t, long count) {
    int step = t.size() / SAMPLE;
    double rank = step == 0 ? SAMPLE : 2.0 * count / step + 16;
    if (rank >= SAMPLE) {
      return 0;
    }
    int[] sample = new int[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      sample[i] = magnitude(t.data()[t.offset() + i * step]);
    }
    Arrays.sort(sample);
    return sample[SAMPLE - 1 - (int) rank];
  }

  /** The positions whose keys reach a bound, but for some; both ascending. */
  private static int[] above(Tensor t, int bound, int[] never) {
    float[] data = t.data();
    int at = t.offset();
    int size = t.size();
    int[] found = new int[Math.min(size, SAMPLE)];
    int count = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (magnitude(data[at + i]) >= bound) {
        while (next < never.length && never[next] < i) {
          next++;
        }
        if (next == never.length || never[next] != i) {
          if (count == found.length) {
            found = Arrays.copyOf(found, (int) Math.min(size, 2L * count));
          }
          found[count++] = i;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int magnitude(float value) {
    return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
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
