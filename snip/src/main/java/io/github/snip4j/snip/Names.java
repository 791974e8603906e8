package io.github.snip4j.snip;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Names that somebody gave, held against those that there are. */
final class Names {
  private static final int SHOWN = 3;

  private Names() {}

  /**
   * Refuses a name that does not exist, and says which ones are nearest to it.
   *
   * @param what is named, as the message begins
   * @throws IllegalArgumentException if one does not exist
   */
  static void check(String what, Collection<String> given, Collection<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        List<String> nearest =
            new TreeSet<>(known)
                .stream()
                    .sorted(Comparator.comparingInt(other -> distance(name, other)))
                    .limit(SHOWN)
                    .toList();
        int others = known.size() - nearest.size();
        throw new IllegalArgumentException(
            (what + ": no layer '" + name + "' with connections: expected one of ")
                + String.join(", ", nearest)
                + (others > 0 ? " and " + others + " others" : ""));
      }
    }
  }

  /** How many letters have to be changed, put in or left out. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
