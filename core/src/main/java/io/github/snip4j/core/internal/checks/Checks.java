package io.github.snip4j.core.internal.checks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The switch {@code -Dsnip4j.checks=true} for checks that cost too much for every use: arrays of
 * arbitrary values are filled with NaN (integers with the least there is) when they are handed out.
 * So numbers that are read before they are written, or after their workspace has given the array
 * away, show in the result. Read once, when the first tensor is made.
 */
public final class Checks {
  /** The system property. */
  public static final String PROPERTY = "snip4j.checks";

  /** A constant for the JIT compiler, which removes what is not asked for. */
  public static final boolean ON = Boolean.getBoolean(PROPERTY);

  private Checks() {}

  /** What is wrong with the property's value, in a sentence; null if nothing is. */
  public static @Nullable String mistake() {
    return mistake(System.getProperty(PROPERTY, "false"));
  }

  static @Nullable String mistake(String value) {
    return value.equals("true") || value.equals("false")
        ? null
        : PROPERTY + "=" + value + ": expected true or false";
  }

  /** The array, filled with NaN if checks are on. */
  public static float[] poisoned(float[] array) {
    if (ON) {
      Arrays.fill(array, Float.NaN);
    }
    return array;
  }

  /** Fills an array with the least integer: {@link #poisoned(float[])} for ints. */
  public static int[] poisoned(int[] array) {
    if (ON) {
      Arrays.fill(array, Integer.MIN_VALUE);
    }
    return array;
  }
}
