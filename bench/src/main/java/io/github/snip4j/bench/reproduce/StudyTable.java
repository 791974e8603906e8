package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.page.Table;
import io.github.snip4j.bench.report.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The paper's numbers, others' and ours, side by side. */
final class StudyTable {
  private StudyTable() {}

  static Table of(Study study, List<RowOutcome> outcomes) {
    List<List<String>> lines = new ArrayList<>();
    for (RowOutcome outcome : outcomes) {
      if (outcome.row().words().contains("--with-dense")) {
        lines.add(dense(outcome));
      }
      lines.add(pruned(outcome));
    }
    List<String> head =
        List.of(
            "",
            "kept",
            "the paper",
            "others' runs",
            "here, last step",
            "here, as the authors choose",
            "seeds",
            "time of a run");
    List<Integer> filled =
        IntStream.range(0, head.size())
            .filter(c -> c == 0 || lines.stream().anyMatch(line -> !line.get(c).isEmpty()))
            .boxed()
            .toList();
    return new Table(
        study.title() + ": error on the test set in %",
        1,
        pick(head, filled),
        lines.stream().map(line -> pick(line, filled)).toList());
  }

  private static List<String> pick(List<String> line, List<Integer> columns) {
    return columns.stream().map(line::get).toList();
  }

  private static List<String> dense(RowOutcome outcome) {
    return List.of(
        outcome.row().label() + ": before",
        "all",
        number(outcome.row().published().paperDense()),
        "",
        outcome.dense().words(),
        "",
        seeds(outcome),
        "");
  }

  private static List<String> pruned(RowOutcome outcome) {
    return List.of(
        outcome.row().label(),
        kept(outcome),
        number(outcome.row().published().paper()),
        outcome.row().published().reruns(),
        outcome.pruned().words(),
        outcome.authors().n() == 0 ? "" : outcome.authors().words(),
        seeds(outcome),
        outcome.seeds() == 0 ? "" : Format.time(outcome.seconds() / outcome.seeds()));
  }

  private static String kept(RowOutcome outcome) {
    if (outcome.seeds() == 0) {
      return "";
    }
    String least = Format.count(outcome.keptLeast());
    String most = Format.count(outcome.keptMost());
    return least.equals(most) ? least : least + " to " + most;
  }

  private static String seeds(RowOutcome outcome) {
    int done = outcome.seeds();
    return done >= outcome.wanted() ? String.valueOf(done) : done + " of " + outcome.wanted();
  }

  private static String number(@Nullable Double percent) {
    if (percent == null) {
      return "";
    }
    String digits = String.format(Locale.ROOT, "%.3f", percent);
    return digits.replaceAll("0{1,2}$", ""); // as it was printed: 1.6, 0.885
  }
}
