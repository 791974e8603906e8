package io.github.snip4j.bench.options;

import io.github.snip4j.snip.retrain.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How sparse a network is on the way, in a word: {@code geometric}, {@code cubic}, or the
 * sparsities after all rounds but the last, as in {@code 0.5,0.8,0.95}.
 */
public final class LevelsChoice {
  /** Each round prunes an equal share of what is left. */
  public static final String GEOMETRIC = "geometric";

  /** Much at first, little at the end. */
  public static final String CUBIC = "cubic";

  private static final String FIELD = "levels";

  private LevelsChoice() {}

  /** Whether the word is a list of sparsities. */
  public static boolean isList(String word) {
    return !word.equals(GEOMETRIC) && !word.equals(CUBIC);
  }

  /** The levels of a word that is no list. */
  public static Levels of(String word) {
    return Levels.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * The sparsities of a list.
   *
   * @throws OptionException if it is none, or they do not ascend from 0 on to below 1
   */
  public static List<Double> list(String word) {
    List<Double> list = new ArrayList<>();
    double before = 0;
    for (String number : word.split(",", -1)) {
      double sparsity = sparsity(word, number);
      if (!(sparsity > before && sparsity < 1)) {
        throw new OptionException(
            "%s %s: expected sparsities that rise from more than 0 to below 1",
            OptionException.field(FIELD), word);
      }
      list.add(sparsity);
      before = sparsity;
    }
    return list;
  }

  private static double sparsity(String word, String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new OptionException(
          "%s %s: expected geometric, cubic, or the sparsities after all rounds but the last, as in"
              + " 0.5,0.8,0.95",
          OptionException.field(FIELD), word);
    }
  }

  /** Refuses a list that does not lead to a sparsity in so many rounds. */
  static void check(String word, int rounds, double sparsity, boolean gradual) {
    if (!isList(word)) {
      return;
    }
    List<Double> list = list(word);
    if (gradual) {
      throw new OptionException(
          "%s %s: a list is for rounds: expected geometric or cubic with %s",
          OptionException.field(FIELD), word, OptionException.field("gradual"));
    }
    if (list.size() != rounds - 1) {
      throw new OptionException(
          "%s %s: expected %s %s, one more than there are sparsities, for the last is %s",
          OptionException.field(FIELD),
          word,
          OptionException.field("rounds"),
          list.size() + 1,
          OptionException.field("sparsity"));
    }
    if (list.get(list.size() - 1) >= sparsity) {
      throw new OptionException(
          "%s %s: expected sparsities below %s %s, which is the last",
          OptionException.field(FIELD), word, OptionException.field("sparsity"), sparsity);
    }
  }
}
