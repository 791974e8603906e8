package io.github.snip4j.nn.train;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import java.util.List;

/**
 * What a checkpoint says in words: a line {@code name = value} for each, after the number of the
 * schema that the whole file follows. Files that begin with another line are of schema 0. The
 * optimiser's rule is said since schema 2.
 *
 * @param network its name
 * @param step how many steps were done
 * @param bestStep how many were done when it did best on validation
 * @param best how well it then did
 * @param rule whose state the optimiser's is; empty before schema 2
 */
record CheckpointNumbers(String network, long step, long bestStep, Evaluation best, String rule) {
  private static final int SCHEMA = 2;
  private static final String BETWEEN = " = ";
  private static final String SCHEMA_LINE = "schema" + BETWEEN;
  private static final List<String> NAMES =
      List.of(
          "network", "step", "best.step", "best.loss", "best.wrong", "best.examples", "optimizer");

  /** Reads what {@link #toString} wrote. */
  static CheckpointNumbers parse(String file, String text) throws BadFileException {
    String[] lines = withoutSchema(file, text).split("\n", -1);
    boolean saysRule = text.startsWith(SCHEMA_LINE + SCHEMA + "\n");
    List<String> names = saysRule ? NAMES : NAMES.subList(0, NAMES.size() - 1);
    if (lines.length != names.size() + 1) {
      throw bad(file, lines.length - 1 + " lines instead of " + names.size());
    }
    String[] values = new String[NAMES.size()];
    values[NAMES.size() - 1] = "";
    for (int i = 0; i < names.size(); i++) {
      String start = names.get(i) + BETWEEN;
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
              Math.toIntExact(notNegative(values[5]))),
          values[6]);
    } catch (NumberFormatException | ArithmeticException e) {
      throw bad(file, "what is not a number, or not one that can be: " + e.getMessage());
    }
  }

  /** What follows the number of the schema, if that is one that is read here. */
  private static String withoutSchema(String file, String text) throws BadFileException {
    if (!text.startsWith(SCHEMA_LINE)) {
      return text;
    }
    int end = text.indexOf('\n');
    String number = text.substring(SCHEMA_LINE.length(), Math.max(SCHEMA_LINE.length(), end));
    if (!number.equals("1") && !number.equals(String.valueOf(SCHEMA))) {
      throw new BadFileException(
          file,
          ("is a checkpoint of schema " + Printable.name(number) + "; this snip4j reads schemas up")
              + (" to " + SCHEMA + ": go on with the version that wrote it, or begin anew"));
    }
    return text.substring(end + 1);
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
      network, step, bestStep, best.loss(), best.wrong(), best.examples(), rule,
    };
    StringBuilder text = new StringBuilder(SCHEMA_LINE + SCHEMA + "\n");
    for (int i = 0; i < values.length; i++) {
      text.append(NAMES.get(i)).append(BETWEEN).append(values[i]).append('\n');
    }
    return text.toString();
  }
}
