package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.screen.TextTable;
import io.github.snip4j.bench.report.Mistake;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.nn.Network;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The errors of a network class by class, those with the most first. */
final class ClassErrors {
  private static final int MOST = 20;

  private final List<Row> rows;

  private ClassErrors(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * One class.
   *
   * @param taken the class that its examples are taken for most often; empty if there is none
   */
  private record Row(String name, int examples, int wrong, String taken) {
    double error() {
      return (double) wrong / examples;
    }
  }

  /** Of each class that has examples; the network is not modified. */
  static ClassErrors of(Network network, Examples examples) {
    List<String> names = examples.data().classNames();
    List<Map<String, Integer>> taken = new ArrayList<>();
    names.forEach(name -> taken.add(new HashMap<>()));
    for (Mistake mistake : Mistake.of(network, examples)) {
      String other =
          mistake.taken() < names.size() ? names.get(mistake.taken()) : "class " + mistake.taken();
      taken.get(mistake.label()).merge(other, 1, Integer::sum);
    }
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      int count = examples.count(k);
      int wrong = taken.get(k).values().stream().mapToInt(Integer::intValue).sum();
      String most =
          taken.get(k).entrySet().stream()
              .max(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey()))
              .map(Map.Entry::getKey)
              .orElse("");
      if (count > 0) {
        rows.add(new Row(names.get(k), count, wrong, most));
      }
    }
    rows.sort(Comparator.comparingDouble(Row::error).reversed()); // stable
    return new ClassErrors(rows);
  }

  void print(PrintWriter out) {
    TextTable table = new TextTable("class", "examples", "error", "most often taken for");
    for (Row row : rows.subList(0, Math.min(MOST, rows.size()))) {
      table.row(
          row.name(),
          String.valueOf(row.examples()),
          String.format(Locale.ROOT, "%.2f %%", 100 * row.error()),
          row.taken());
    }
    table.print(out);
    if (rows.size() > MOST) {
      out.printf(Locale.ROOT, "and %,d classes with smaller errors%n", rows.size() - MOST);
    }
  }
}
