package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.options.OptionException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that can be reproduced, by name. */
public final class Studies {
  private static final String ALL = "all";

  private Studies() {}

  /** Each of them, in the order of the paper. */
  public static List<Study> all() {
    return List.of(
        Table1.study(),
        Table2.study(),
        Table3.study(),
        Figures.one(),
        Figures.two(),
        Figures.three(),
        Figures.four(),
        Appendix.inverted(),
        Appendix.tinyImageNet(),
        Appendix.sanity(),
        Hypotheses.study());
  }

  /**
   * Those of these names.
   *
   * @param names {@code all} for every one
   * @throws OptionException if there is none of a name
   */
  public static List<Study> named(List<String> names) {
    Map<String, Study> known = new LinkedHashMap<>();
    all().forEach(study -> known.put(study.name(), study));
    Set<Study> chosen = new LinkedHashSet<>();
    for (String name : names) {
      Study study = known.get(name);
      if (name.equals(ALL)) {
        chosen.addAll(known.values());
      } else if (study != null) {
        chosen.add(study);
      } else {
        throw new OptionException(
            "%s: cannot be reproduced: expected %s or %s",
            name, String.join(", ", known.keySet()), ALL);
      }
    }
    return List.copyOf(chosen);
  }
}
