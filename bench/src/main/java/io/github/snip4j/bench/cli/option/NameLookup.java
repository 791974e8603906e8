package io.github.snip4j.bench.cli.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds things by name; the message about a wrong name suggests the near ones. */
public final class NameLookup {
  private static final int NEAR = 3;

  private NameLookup() {}

  /**
   * The one of this name.
   *
   * @param kind what it is, as in "model"
   * @throws UserError if there is none
   */
  public static <T> T byName(
      String kind, String name, Collection<T> all, Function<T, String> nameOf) {
    return all.stream()
        .filter(one -> nameOf.apply(one).equals(name))
        .findFirst()
        .orElseThrow(() -> new UserError(unknown(kind, name, all.stream().map(nameOf).toList())));
  }

  /** The sentence that there is no such thing, and which are called almost so. */
  public static String unknown(String kind, String name, Collection<String> names) {
    int nearest = names.stream().mapToInt(known -> distance(name, known)).min().orElse(0);
    String near =
        names.stream()
            .sorted(Comparator.comparing((String known) -> distance(name, known)))
            .filter(known -> distance(name, known) <= nearest + 1)
            .limit(NEAR)
            .collect(Collectors.joining(" or "));
    return "unknown " + kind + " '" + name + "': did you mean " + near + "?";
  }

  /** Letters to change; none for a name that was only begun. */
  private static int distance(String name, String known) {
    return !name.isEmpty() && known.startsWith(name)
        ? 0
        : LevenshteinDistance.getDefaultInstance().apply(name, known);
  }
}
