package io.github.snip4j.bench.run;

import java.util.Locale;

/** Constants as options and result files write them. */
public final class Spelling {
  private Spelling() {}

  /** In small letters, with hyphens: {@code iterative-snip}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
