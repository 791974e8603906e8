package io.github.snip4j.snip;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Numbers in fixed point: multiples of 2⁻¹⁴⁹, the least float, with magnitudes below 2⁴². Each is
 * an integer of 192 bits in two's complement, three longs, least significant first. A float times a
 * whole number is such a multiple, so their sums are exact, and the same in any order.
 */
final class FixedPoint {
  /** Longs of one number. */
  static final int LONGS = 3;

  /** What magnitudes stay below. */
  static final double LIMIT = 0x1p42;

  private static final int UNIT = -149;
  private static final int FRACTION_BITS = 52; // of a double
  private static final int BIAS = 1023 + FRACTION_BITS; // with the fraction as a whole number

  private FixedPoint() {}

  /**
   * Adds a value to number i.
   *
   * @param value a multiple of 2⁻¹⁴⁹, of a magnitude below {@link #LIMIT}
   */
  static void add(long[] numbers, int i, double value) {
    if (value == 0) {
      return;
    }
    long bits = Double.doubleToRawLongBits(value); // a normal number: 2⁻¹⁴⁹ is one
    long fraction = (bits & ((1L << FRACTION_BITS) - 1)) | (1L << FRACTION_BITS);
    int shift = (int) ((bits >>> FRACTION_BITS) & 0x7ff) - BIAS - UNIT;
    if (shift < 0) { // what falls off is 0
      fraction >>>= -shift;
      shift = 0;
    }
    long sign = bits >> 63; // all ones, or none: signs are random, and a branch would be guessed
    long signed = (fraction ^ sign) - sign;
    int bit = shift % Long.SIZE;
    long low = signed << bit;
    long high = bit == 0 ? sign : signed >> (Long.SIZE - bit);
    switch (shift / Long.SIZE) {
      case 0 -> add(numbers, LONGS * i, low, high, sign);
      case 1 -> add(numbers, LONGS * i, 0, low, high);
      default -> add(numbers, LONGS * i, 0, 0, low);
    }
  }

  /** Adds number i of others to number i. */
  static void add(long[] numbers, int i, long[] others) {
    int at = LONGS * i;
    add(numbers, at, others[at], others[at + 1], others[at + 2]);
  }

  private static void add(long[] numbers, int at, long low, long middle, long high) {
    long first = numbers[at];
    long sum = first + low;
    numbers[at] = sum;
    long carry = carry(first, low, sum);
    long second = numbers[at + 1];
    long withMiddle = second + middle;
    long withCarry = withMiddle + carry;
    numbers[at + 1] = withCarry;
    numbers[at + 2] +=
        high + carry(second, middle, withMiddle) + carry(withMiddle, carry, withCarry);
  }

  /** 1 if a sum of two unsigned longs is too large for one, else 0; without a branch. */
  private static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** Number i, rounded to the nearest double. */
  static double value(long[] numbers, int i) {
    int at = LONGS * i;
    if ((numbers[at] | numbers[at + 1] | numbers[at + 2]) == 0) {
      return 0;
    }
    ByteBuffer bytes = ByteBuffer.allocate(LONGS * Long.BYTES); // most significant first
    bytes.putLong(numbers[at + 2]).putLong(numbers[at + 1]).putLong(numbers[at]);
    return Math.scalb(new BigInteger(bytes.array()).doubleValue(), UNIT);
  }

  /** Whether no magnitude is more than 1 above a bound, as a look at the first longs tells. */
  static boolean areWithin(long[] numbers, double bound) {
    for (int high = LONGS - 1; high < numbers.length; high += LONGS) {
      if (Math.abs(Math.scalb((double) numbers[high], 2 * Long.SIZE + UNIT)) > bound + 1) {
        return false;
      }
    }
    return true;
  }
}
