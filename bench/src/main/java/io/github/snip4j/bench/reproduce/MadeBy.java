package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.result.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How and with what the runs of a page were made. */
final class MadeBy {
  private MadeBy() {}

  /** Version, commit, Java and machine, as they are here. */
  static String here() throws IOException {
    Machine machine = Machine.here();
    return (version() + " on Java " + machine.jdk() + ", " + machine.system())
        + (", " + machine.kernels() + ", " + machine.threads())
        + (machine.threads() == 1 ? " thread" : " threads");
  }

  /** Version and commit. */
  static String version() throws IOException {
    String commit = Commit.of(Path.of(""));
    return "snip4j " + Machine.version() + (commit.isEmpty() ? "" : " (commit " + commit + ")");
  }

  /**
   * How long networks were trained, and by what; where runs were made at several commits or
   * machines, a sentence for each of them, that of most runs the last.
   */
  static List<String> sentences(Budget budget, List<RowOutcome> outcomes) throws IOException {
    Map<String, List<RowOutcome>> by = new LinkedHashMap<>();
    for (RowOutcome outcome : outcomes) {
      outcome.runs().stream()
          .map(PublishedRuns::made)
          .distinct()
          .forEach(made -> by.computeIfAbsent(made, none -> new ArrayList<>()).add(outcome));
    }
    int seeds = outcomes.stream().mapToInt(RowOutcome::wanted).max().orElse(1);
    double seconds = outcomes.stream().mapToDouble(RowOutcome::seconds).sum();
    String all =
        (seeds == 1 ? "One seed" : "Up to " + seeds + " seeds") + "; trained " + length(budget);
    String end = seconds == 0 ? "." : "; the runs took " + Format.time(seconds) + " in all.";
    if (by.size() < 2) {
      return List.of(all + "; made by " + (by.isEmpty() ? here() : only(by)) + end);
    }
    String most =
        Collections.max(
            by.keySet(), Comparator.comparing((String made) -> runs(outcomes, made).size()));
    List<String> sentences = new ArrayList<>(List.of(all + end));
    by.forEach(
        (made, rows) -> {
          if (!made.equals(most)) {
            sentences.add(
                rows.stream().map(row -> name(row, made)).collect(Collectors.joining("; "))
                    + (": made by " + made + "."));
          }
        });
    sentences.add("All others: made by " + most + ".");
    return sentences;
  }

  private static String only(Map<String, List<RowOutcome>> by) {
    return by.keySet().iterator().next();
  }

  /** A row, and which of its seeds, where others were made by something else. */
  private static String name(RowOutcome outcome, String made) {
    List<Long> seeds = runs(List.of(outcome), made);
    if (seeds.size() == outcome.seeds()) {
      return outcome.row().label();
    }
    return outcome.row().label()
        + (seeds.size() == 1 ? " (seed " : " (seeds ")
        + (seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")");
  }

  /** The seeds of all runs that something made. */
  private static List<Long> runs(List<RowOutcome> outcomes, String made) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.runs().stream())
        .filter(some -> some.made().equals(made))
        .flatMap(some -> some.seeds().stream())
        .sorted()
        .toList();
  }

  private static String length(Budget budget) {
    String length =
        budget.name().equals(Budget.QUICK.name())
            ? "a few steps each (--budget quick), so that the order shows and the last tenths do"
                + " not"
            : budget.name().equals(Budget.PAPER.name())
                ? "as long as the paper trains, as far as it says (--budget paper)"
                : "for " + Format.count(budget.steps()) + " steps each";
    for (Map.Entry<String, Integer> other : budget.others().entrySet()) {
      length += "; on " + other.getKey() + " for " + Format.count(other.getValue()) + " steps";
    }
    return length;
  }
}
