package io.github.snip4j.core.io;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Text that somebody else chose, made fit for a message: one line, without anything that a terminal
 * or a log would obey instead of showing it.
 */
public final class Printable {
  private static final int MOST_NAMES = 10;
  private static final int LONGEST_NAME = 120;

  private Printable() {}

  /**
   * The text with every character written as {@code \}{@code uXXXX} that is not shown but obeyed:
   * control characters, line ends, marks that turn the direction of writing, halves of characters.
   */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isObeyed)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isObeyed(c)) {
                shown.append(String.format(c > 0xffff ? "\\u{%x}" : "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean isObeyed(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A name, printable, and cut where it is very long. */
  public static String name(String name) {
    String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    return of(cut);
  }

  /** The first names with commas between, as in {@code a, b, c and 37 more}. */
  public static String list(Collection<String> names) {
    String first =
        names.stream().limit(MOST_NAMES).map(Printable::name).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
