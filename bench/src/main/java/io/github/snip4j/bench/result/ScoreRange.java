package io.github.snip4j.bench.result;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;

/**
 * Where the scores lie.
 *
 * @param lowest a power of two that few scores are below: 0 is approached by any number of decades
 * @param highest the largest score; at least the lowest
 * @param cut the smallest score that is kept
 */
record ScoreRange(double lowest, double highest, double cut) {
  private static final double FEW = 0.002; // as a share
  private static final int EXPONENTS = Float.MAX_EXPONENT - Float.MIN_EXPONENT + 2;

  static ScoreRange of(Scores scores, Masks masks) {
    long[] octaves = new long[EXPONENTS]; // how many scores have which power of two
    long positive = 0;
    double highest = 0;
    double cut = Double.POSITIVE_INFINITY;
    for (String name : scores.names()) {
      Mask mask = masks.of(name);
      float[] values = scores.of(name).toArray();
      for (int i = 0; i < values.length; i++) {
        if (values[i] > 0) {
          octaves[Math.getExponent(values[i]) - Float.MIN_EXPONENT + 1]++;
          positive++;
        }
        highest = Math.max(highest, values[i]);
        cut = mask.keeps(i) ? Math.min(cut, values[i]) : cut;
      }
    }
    int octave = 0;
    long below = 0;
    while (octave < EXPONENTS - 1 && below + octaves[octave] <= FEW * positive) {
      below += octaves[octave++];
    }
    double lowest = Math.scalb(1.0, octave - 1 + Float.MIN_EXPONENT);
    return new ScoreRange(lowest, Math.max(lowest, highest), Math.max(0, cut));
  }
}
