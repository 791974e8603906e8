package io.github.snip4j.bench.options;

import java.util.Locale;

/** The names that options and result files use for the constants of an enum. */
public final class EnumNames {
  private EnumNames() {}

  /** In small letters, with hyphens: {@code iterative-snip}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
