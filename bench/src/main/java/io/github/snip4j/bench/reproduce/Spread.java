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
  /** The spread of shares in [0, 1]. */
  static Spread of(List<Double> shares) {
    int n = shares.size();
    double mean = shares.stream().mapToDouble(e -> 100 * e).average().orElse(0);
    double squares = 0;
    for (double share : shares) {
      squares += (100 * share - mean) * (100 * share - mean);
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
