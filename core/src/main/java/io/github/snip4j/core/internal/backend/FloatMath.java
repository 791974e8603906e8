package io.github.snip4j.core.internal.backend;

/**
 * Elementary functions in float, to within 3e-7 of the result, down to subnormal ones.
 *
 * <p>Made of additions, multiplications and one division at most, without fused multiply-adds: so
 * the vector kernels, which take the same steps, give the same bits, whatever the JIT compiler has
 * come to by then. NaN stays NaN.
 *
 * <p>Implementation note: the polynomials were fitted by Remez's exchange algorithm to the smallest
 * relative error of the result.
 */
public final class FloatMath {
  /** Adding it rounds a float below 2<sup>22</sup> to an integer, which its low bits then hold. */
  public static final float ROUNDER = 0x1.8p23f;

  /** The bits of {@link #ROUNDER}. */
  public static final int ROUNDER_BITS = 0x4B400000;

  public static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts; the first has so few bits that its product with an exponent is exact. */
  public static final float LN2_HIGH = 355f / 512;

  public static final float LN2_LOW = -2.1219444e-4f;

  /** Below this, e<sup>x</sup> is 0. */
  public static final float EXP_LEAST = -104f;

  /** Above this, e<sup>x</sup> is infinite. */
  public static final float EXP_MOST = 89f;

  // e^r = 1 + r + r^2 (E2 + r (E3 + ...)), |r| <= ln 2 / 2
  public static final float E2 = 0.5f;
  public static final float E3 = 0.16666542f;
  public static final float E4 = 0.04166628f;
  public static final float E5 = 0x1.1228f4p-7f;
  public static final float E6 = 0x1.6d9a5cp-10f;

  // artanh(s) = s + s u (A1 + u (A2 + ...)), u = s^2 <= 1/9
  public static final float A1 = 0.33333206f;
  public static final float A2 = 0.20010854f;
  public static final float A3 = 0.13999356f;
  public static final float A4 = 0.1401379f;

  /** Twice this and more has 1 as its hyperbolic tangent. */
  public static final float TANH_MOST = 20f;

  /** The bits of the square root of 1/2, where the mantissas of {@link #log} begin. */
  public static final int SQRT_HALF_BITS = 0x3F3504F3;

  public static final int MANTISSA = 0x007FFFFF;

  /** In t = 1 / (1 + PHI_SCALE |x|). */
  public static final float PHI_SCALE = 0.35f;

  // Phi(-|x|) = e^(-x^2/2) t (P0 + t (P1 + ...)), Phi the standard normal distribution
  public static final float P0 = 0.1396213f;
  public static final float P1 = 0.13986352f;
  public static final float P2 = 0.119821295f;
  public static final float P3 = 0.10555246f;
  public static final float P4 = -0.02321225f;
  public static final float P5 = 0.15931953f;
  public static final float P6 = -0.25583887f;
  public static final float P7 = 0.14403085f;
  public static final float P8 = -0.02915787f;

  /** The standard normal density at 0. */
  public static final float DENSITY_AT_0 = 0.3989423f;

  private FloatMath() {}

  /** e<sup>x</sup> = 2<sup>k</sup> e<sup>r</sup>, with x = k ln 2 + r. */
  public static float exp(float x) {
    float c = Math.min(Math.max(x, EXP_LEAST), EXP_MOST);
    float t = c * LOG2_E + ROUNDER;
    float n = t - ROUNDER;
    float r = (c - n * LN2_HIGH) - n * LN2_LOW;
    float p = 1f + (r + r * r * (E2 + r * (E3 + r * (E4 + r * (E5 + r * E6)))));
    int k = Float.floatToRawIntBits(t) - ROUNDER_BITS;
    int half = k >> 1; // 2^k alone may be beyond the range while the result is not
    return p * powerOf2(half) * powerOf2(k - half);
  }

  private static float powerOf2(int k) {
    return Float.intBitsToFloat((k + 127) << 23);
  }

  /** tanh x = m / (m + 2), m = e<sup>2x</sup> - 1, for |x|, and then the sign. */
  public static float tanh(float x) {
    float magnitude = Math.abs(x);
    float c = Math.min(magnitude + magnitude, TANH_MOST);
    float t = c * LOG2_E + ROUNDER;
    float n = t - ROUNDER;
    float r = (c - n * LN2_HIGH) - n * LN2_LOW;
    float m = r + r * r * (E2 + r * (E3 + r * (E4 + r * (E5 + r * E6))));
    float power = powerOf2(Float.floatToRawIntBits(t) - ROUNDER_BITS);
    m = m * power + (power - 1f);
    return Math.copySign(m / (m + 2f), x);
  }

  /** ln x = e ln 2 + 2 artanh((m - 1) / (m + 1)), with x = 2<sup>e</sup> m and m around 1. */
  public static float log(float x) {
    if (!(x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE)) {
      return (float) StrictMath.log(x); // subnormal, 0, negative, infinite, NaN
    }
    int above = Float.floatToRawIntBits(x) - SQRT_HALF_BITS;
    float f = Float.intBitsToFloat((above & MANTISSA) + SQRT_HALF_BITS) - 1f;
    float e = Float.intBitsToFloat((above >> 23) + ROUNDER_BITS) - ROUNDER;
    float s = f / (f + 2f);
    float u = s * s;
    float p = s * u * (A1 + u * (A2 + u * (A3 + u * A4)));
    return e * LN2_HIGH + ((s + s) + ((p + p) + e * LN2_LOW));
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  public static float sigmoid(float x) {
    float t = exp(-Math.abs(x));
    return (x < 0f ? t : 1f) / (1f + t);
  }

  /** ln(1 + e<sup>x</sup>) = max(x, 0) + ln(1 + e<sup>-|x|</sup>). */
  public static float softplus(float x) {
    float t = exp(-Math.abs(x));
    float s = t / (t + 2f);
    float u = s * s;
    float p = s + s * u * (A1 + u * (A2 + u * (A3 + u * A4)));
    return Math.max(x, 0f) + (p + p);
  }

  /** Φ(x), the standard normal distribution; t is e<sup>-x²/2</sup>. */
  private static float phi(float x, float t) {
    float v = 1f / (1f + PHI_SCALE * Math.abs(x));
    float p = P4 + v * (P5 + v * (P6 + v * (P7 + v * P8)));
    float q = t * v * (P0 + v * (P1 + v * (P2 + v * (P3 + v * p))));
    return x > 0f ? 1f - q : q;
  }

  /** x Φ(x). */
  public static float gelu(float x) {
    return x * phi(x, exp(x * x * -0.5f));
  }

  /** Φ(x) + x φ(x). */
  public static float geluSlope(float x) {
    float t = exp(x * x * -0.5f);
    return phi(x, t) + x * (t * DENSITY_AT_0);
  }
}
