package io.github.snip4j.snip;

import java.util.Arrays;

/**
 * The n-th largest of many numbers, without sorting them: numbers are counted by the upper half of
 * their bits, and those of one half by the lower. Its time does not depend on the numbers.
 */
final class OrderStatistic {
  private static final int HALF = 16;
  private static final int MASK = (1 << HALF) - 1;

  private OrderStatistic() {}

  /**
   * The value that {@link Arrays#sort(float[])} would put at {@code length - n}.
   *
   * @param values not modified
   * @param n from 1 to their number
   */
  static float largest(float[] values, int n) {
    int[] counts = new int[1 << HALF];
    for (float value : values) {
      counts[ordered(value) >>> HALF]++;
    }
    int left = n;
    int upper = MASK;
    while (counts[upper] < left) {
      left -= counts[upper--];
    }
    Arrays.fill(counts, 0);
    for (float value : values) {
      int bits = ordered(value);
      if (bits >>> HALF == upper) {
        counts[bits & MASK]++;
      }
    }
    int lower = MASK;
    while (counts[lower] < left) {
      left -= counts[lower--];
    }
    return value(upper << HALF | lower);
  }

  /** How many are larger than a value. */
  static int above(float[] values, float value) {
    int above = 0;
    for (float other : values) {
      above += other > value ? 1 : 0;
    }
    return above;
  }

  /** Bits that, without a sign, are in the order of the numbers. */
  private static int ordered(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> 31 | Integer.MIN_VALUE);
  }

  private static float value(int ordered) {
    return Float.intBitsToFloat(ordered ^ (~ordered >> 31 | Integer.MIN_VALUE));
  }
}
