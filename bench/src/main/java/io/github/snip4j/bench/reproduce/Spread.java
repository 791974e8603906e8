package io.github.snip4j.bench.reproduce;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Some errors, in per cent.
 *
 * @param n how many there are
 * @param mean 0 if there are none
 * @param deviation with n − 1 in the denominator; null if there are fewer than two
 */
record Spread(int n, double mean, @Nullable Double deviation) {
  /**
   * Checks what may have been read from a file.
   *
   * @throws IllegalArgumentException if no errors have this spread
   */
  Spread {
    boolean right =
        n >= 0
            && (n > 0 ? mean >= 0 && mean <= 100 : mean == 0)
            && (deviation == null ? n < 2 : n >= 2 && deviation >= 0 && deviation <= 100);
    if (!right) {
      throw new IllegalArgumentException(
          n + " errors with the mean " + mean + " % and the deviation " + deviation);
    }
  }

  /** The spread of shares in [0, 1]. */
  static Spread of(List<Double> shares) {
    return all(shares.stream().map(share -> new Spread(1, 100 * share, null)).toList());
  }

  /** The spread of the errors of several together. */
  static Spread all(List<Spread> parts) {
    int n = parts.stream().mapToInt(Spread::n).sum();
    double mean = n == 0 ? 0 : parts.stream().mapToDouble(part -> part.n * part.mean).sum() / n;
    double squares = 0; // of the distances from the mean
    for (Spread part : parts) {
      double within = part.deviation == null ? 0 : part.deviation;
      squares += (part.n - 1) * within * within + part.n * (part.mean - mean) * (part.mean - mean);
    }
    return new Spread(n, mean, n < 2 ? null : Math.sqrt(squares / (n - 1)));
  }

  /** As in {@code 2.05 ± 0.11}; a dash if there are none. */
  String words() {
    if (n == 0) {
      return "–";
    }
    String words = String.format(Locale.ROOT, "%.2f", mean);
    return deviation == null ? words : words + String.format(Locale.ROOT, " ± %.2f", deviation);
  }
}
