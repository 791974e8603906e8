package io.github.snip4j.bench.summary;

import java.util.Locale;

/** How much the Javas that measured a figure differ, in words. */
final class Spread {
  private Spread() {}

  /** As in {@code ±4 %}; nothing if there was one Java alone. */
  static String text(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, " ±%.0f %%", 100 * share);
  }
}
