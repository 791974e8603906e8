package io.github.snip4j.bench.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeds as {@code --seeds} takes them: how many, or which. */
public final class SeedList {
  private static final int MOST = 100_000;
  private static final Pattern COUNT = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

  private SeedList() {}

  /**
   * The seeds that a text says.
   *
   * @param text {@code 3}: the first three, 1 to 3; {@code 1,4,7-12}: these; {@code 4-4}: this one
   * @throws UserError if it says none, or one twice
   */
  public static List<Long> parse(String text) {
    if (COUNT.matcher(text).matches()) {
      int count = Integer.parseInt(text);
      if (count < 1) {
        throw new UserError("--seeds " + text + ": expected 1 or more");
      }
      checkFew(text, count);
      return range(1, count);
    }
    Set<Long> seeds = new LinkedHashSet<>();
    for (String one : text.split(",", -1)) {
      for (long seed : range(text, one)) {
        if (!seeds.add(seed)) {
          throw new UserError("--seeds " + text + ": " + seed + " is there twice");
        }
      }
      checkFew(text, seeds.size());
    }
    return List.copyOf(seeds);
  }

  private static List<Long> range(String text, String one) {
    Matcher range = RANGE.matcher(one);
    if (!range.matches()) {
      throw new UserError(
          ("--seeds " + text + ": '" + one + "' is no seed: expected how many, as in 3, or which,")
              + " as in 1,4,7-12 or 4-4");
    }
    long from = Long.parseLong(range.group(1));
    long to = range.group(2) == null ? from : Long.parseLong(range.group(2));
    if (to < from) {
      throw new UserError(
          ("--seeds " + text + ": " + one + " goes backwards: expected " + to + "-" + from));
    }
    checkFew(text, to - from + 1);
    return range(from, to);
  }

  private static List<Long> range(long from, long to) {
    List<Long> seeds = new ArrayList<>();
    for (long seed = from; seed <= to; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  private static void checkFew(String text, long count) {
    if (count > MOST) {
      throw new UserError("--seeds " + text + ": expected at most " + MOST + " seeds");
    }
  }
}
