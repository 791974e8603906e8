package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.options.OptionException;

/**
 * How long networks are trained.
 *
 * @param name what a user types
 * @param steps of every training; 0 where each row says its own
 */
public record Budget(String name, int steps) {
  /** A few minutes in all: the order of the rows shows, the last tenths of a per cent do not. */
  public static final Budget QUICK = new Budget("quick", 0);

  /** As long as the paper trains, as far as it says. */
  public static final Budget PAPER = new Budget("paper", 0);

  /**
   * Reads its text: {@code quick}, {@code paper}, or a number of steps.
   *
   * @throws OptionException if it is something else
   */
  public static Budget of(String text) {
    if (text.equals(QUICK.name)) {
      return QUICK;
    }
    if (text.equals(PAPER.name)) {
      return PAPER;
    }
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0) {
      return new Budget(text, Integer.parseInt(text));
    }
    throw new OptionException(
        "%s %s: expected quick, paper or a number of steps", OptionException.field("budget"), text);
  }

  /** How many steps this allows where the two named ones have so many. */
  int of(int paper, int quick) {
    return steps > 0 ? steps : equals(QUICK) ? quick : paper;
  }
}
