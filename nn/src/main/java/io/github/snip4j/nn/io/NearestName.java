package io.github.snip4j.nn.io;

import io.github.snip4j.core.io.Printable;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds which of some names is most like another: the one with the fewest letters to change. */
final class NearestName {
  private static final int LONGEST = 100;
  private static final int MOST = 1000;

  private NearestName() {}

  /** The end of a sentence on a name that does not fit; empty if there is none that is like it. */
  static String hint(String name, Collection<String> others) {
    String nearest = of(name, others);
    return nearest == null
        ? ""
        : "; nearest to '" + Printable.name(name) + "' is '" + Printable.name(nearest) + "'";
  }

  /** Null if there is none of which at least half is the same. */
  private static @Nullable String of(String name, Collection<String> others) {
    String nearest = null;
    int least = Math.max(2, name.length() / 2) + 1;
    int looked = 0;
    for (String other : others) {
      if (Math.max(name.length(), other.length()) > LONGEST || looked++ > MOST) {
        continue; // no network is so large
      }
      int distance = distance(name, other);
      if (distance < least) {
        least = distance;
        nearest = other;
      }
    }
    return nearest;
  }

  /** How many letters to insert, to take out or to exchange (Levenshtein's distance). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
