package io.github.snip4j.nn.train;

import io.github.snip4j.core.io.BadFileException;
import java.util.List;

/**
 * What a checkpoint says in words: a line {@code name = value} for each.
 *
 * @param network its name
 * @param step how many steps were done
 * @param bestStep how many were done when it did best on validation
 * @param best how well it then did
 */
record CheckpointNumbers(String network, long step, long bestStep, Evaluation best) {
  private static final String BETWEEN = " = ";
  private static final List<String> NAMES =
      List.of("network", "step", "best.step", "best.loss", "best.wrong", "best.examples");

  /** Reads what {@link #toString} wrote. */
  static CheckpointNumbers parse(String file, String text) throws BadFileException {
    String[] lines = text.split("\n", -1);
    if (lines.length != NAMES.size() + 1) {
      throw bad(file, lines.length - 1 + " lines instead of " + NAMES.size());
    }
    String[] values = new String[NAMES.size()];
    for (int i = 0; i < values.length; i++) {
      String start = NAMES.get(i) + BETWEEN;
      if (!lines[i].startsWith(start)) {
        throw bad(file, "'" + lines[i] + "' where '" + start + "' was expected");
      }
      values[i] = lines[i].substring(start.length());
    }
    try {
      return new CheckpointNumbers(
          values[0],
          notNegative(values[1]),
          notNegative(values[2]),
          new Evaluation(
              Double.parseDouble(values[3]),
              Math.toIntExact(notNegative(values[4])),
              Math.toIntExact(notNegative(values[5]))));
    } catch (NumberFormatException | ArithmeticException e) {
      throw bad(file, "what is not a number, or not one that can be: " + e.getMessage());
    }
  }

  private static BadFileException bad(String file, String found) {
    return new BadFileException(file, "the text 'numbers' holds " + found);
  }

  private static long notNegative(String digits) {
    long number = Long.parseLong(digits);
    if (number < 0) {
      throw new NumberFormatException("\"" + digits + "\" is negative");
    }
    return number;
  }

  @Override
  public String toString() {
    Object[] values = {
      network, step, bestStep, best.loss(), best.wrong(), best.examples(),
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      text.append(NAMES.get(i)).append(BETWEEN).append(values[i]).append('\n');
    }
    return text.toString();
  }
}
