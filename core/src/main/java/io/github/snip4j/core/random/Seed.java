package io.github.snip4j.core.random;

/**
 * Where random numbers come from: each draw is a pure function of (seed, purpose, index).
 *
 * <p>{@code new Seed(1).child("fc1.weight").normal(17)} is the same number on every machine, in
 * whatever order and on whatever thread it is asked for. Nothing carries generator state, so there
 * is nothing to save: resuming needs only the step number.
 *
 * <p>Draw {@code i} is the {@code i}-th output of SplitMix64 [1] started at the seed, which can be
 * had without its predecessors. Children of a seed hash the purpose into it.
 *
 * <p>[1] Steele, Lea, Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** The seed for one purpose, as in {@code child("shuffle")}. */
  public Seed child(String purpose) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return new Seed(mix(mix(value) ^ hash));
  }

  /** The seed for one of many alike, as in {@code child("shuffle").child(epoch)}. */
  public Seed child(long index) {
    return new Seed(mix(mix(value) + mix(index + GOLDEN_GAMMA)));
  }

  /** 64 random bits. */
  public long bits(long index) {
    return mix(value + (index + 1) * GOLDEN_GAMMA);
  }

  /** Uniform in [0, 1), a multiple of 2<sup>-53</sup>. */
  public double uniform(long index) {
    return unit(bits(index));
  }

  /** Uniform among 0 .. bound-1; the bias is below bound / 2<sup>32</sup>. */
  public int below(long index, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("below: bound " + bound + " is not positive");
    }
    return (int) (((bits(index) >>> 32) * bound) >>> 32);
  }

  /** Standard normal, by Box and Muller's transform of draws 2 index and 2 index + 1. */
  public double normal(long index) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(2 * index)));
    return radius * StrictMath.cos(2 * Math.PI * uniform(2 * index + 1));
  }

  /** Standard normal, drawn again until it lies within two standard deviations. */
  public double truncatedNormal(long index) {
    Seed own = child(index);
    for (long attempt = 0; ; attempt++) {
      double z = own.normal(attempt);
      if (Math.abs(z) <= 2) {
        return z;
      }
    }
  }

  /** A random order of 0 .. n-1 (Fisher and Yates's shuffle). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
