package io.github.snip4j.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes counts, shares and times as a person reads them. */
public final class Format {
  private Format() {}

  /** A whole number with commas, as in {@code 266,610}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A share as in {@code 3.17 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /**
   * A share that somebody chose, with no more digits than it has: {@code 98 %}, {@code 99.95 %}.
   */
  public static String sparsity(double share) {
    BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
    return percent.round(new MathContext(6)).stripTrailingZeros().toPlainString() + " %";
  }

  /** A positive number of any size, to two digits: {@code 0.37}, {@code 2.4e-06}. */
  public static String small(double number) {
    return number == 0 || Math.abs(number) >= 0.001
        ? new BigDecimal(number).round(new MathContext(2, RoundingMode.HALF_UP)).toPlainString()
        : String.format(Locale.ROOT, "%.1e", number);
  }

  /** A duration, as in {@code 1.4 s}, {@code 41 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  public static String time(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
