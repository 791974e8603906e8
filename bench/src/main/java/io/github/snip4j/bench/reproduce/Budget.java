package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.options.OptionException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long networks are trained.
 *
 * @param name what a user types
 * @param steps of every training; 0 where each row says its own
 * @param others datasets on which it is another number of steps, in the order of their names
 */
public record Budget(String name, int steps, Map<String, Integer> others) {
  private static final String EXPECTED =
      "expected quick, paper or a number of steps, and perhaps another number for a dataset, as in"
          + " 16200,cifar-10=1760";

  /** A few minutes in all: the order of the rows shows, the last tenths of a per cent do not. */
  public static final Budget QUICK = new Budget("quick", 0, Map.of());

  /** As long as the paper trains, as far as it says. */
  public static final Budget PAPER = new Budget("paper", 0, Map.of());

  /**
   * Reads its text: {@code quick}, {@code paper}, or a number of steps; behind it, after commas,
   * what it is on a dataset, as in {@code cifar-10=1760}.
   *
   * @throws OptionException if it is something else
   */
  public static Budget of(String text) {
    String[] parts = text.strip().split("\\s*,\\s*", -1);
    Map<String, Integer> others = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      int is = parts[i].indexOf('=');
      if (is < 1
          || others.put(parts[i].substring(0, is), steps(text, parts[i].substring(is + 1)))
              != null) {
        throw wrong(text);
      }
    }
    boolean named = parts[0].equals(QUICK.name) || parts[0].equals(PAPER.name);
    return new Budget(parts[0], named ? 0 : steps(text, parts[0]), others);
  }

  private static int steps(String text, String number) {
    if (!number.matches("[0-9]{1,9}") || Integer.parseInt(number) == 0) {
      throw wrong(text);
    }
    return Integer.parseInt(number);
  }

  private static OptionException wrong(String text) {
    return new OptionException("%s %s: " + EXPECTED, OptionException.field("budget"), text);
  }

  /** The same for those who train on no other datasets. */
  Budget among(Set<String> datasets) {
    Map<String, Integer> some = new TreeMap<>(others);
    some.keySet().retainAll(datasets);
    return new Budget(name, steps, some);
  }

  /** What it is on a dataset. */
  Budget on(String dataset) {
    Integer other = others.get(dataset);
    return other == null ? this : new Budget(String.valueOf(other), other, Map.of());
  }

  /** How many steps this allows where the two named ones have so many. */
  int of(int paper, int quick) {
    return steps > 0 ? steps : name.equals(QUICK.name) ? quick : paper;
  }
}
