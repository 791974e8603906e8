package io.github.snip4j.core.io;

/** Real numbers of 16 bits: IEEE's half precision, and bfloat16, the upper half of a float. */
public final class HalfPrecision {
  private HalfPrecision() {}

  /**
   * The number that these bits are; exact, as every one of them is a float.
   *
   * @param brain whether it is a bfloat16
   */
  public static float toFloat(short bits, boolean brain) {
    if (brain) {
      return Float.intBitsToFloat(bits << 16);
    }
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) { // infinite, or not a number
      return Float.intBitsToFloat(sign | 0x7f80_0000 | (fraction << 13));
    }
    if (exponent == 0) { // fraction times 2 to the -24
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }
}
