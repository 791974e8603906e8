package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lines over one axis.
 *
 * @param title what y is, unit included
 * @param x what x is
 * @param scale whether x is drawn as it is, or as a sparsity
 * @param digits of y in the table, behind the point
 */
public record LineChart(
    String title, String caption, String x, Scale scale, int digits, List<Line> lines) {
  /** How x becomes a place. */
  public enum Scale {
    PLAIN,
    /** By the logarithm of the share that is left: 90, 99 and 99.9 % are as far apart. */
    SPARSITY
  }

  /** The chart, and the numbers as a table. */
  public Chart chart() {
    return new Chart(
        title,
        caption,
        "Lines over " + x + ": " + ends(),
        Map.of(
            "kind",
            "lines",
            "x",
            x,
            "scale",
            scale.name().toLowerCase(Locale.ROOT),
            "lines",
            lines),
        table());
  }

  private String ends() {
    return lines.stream()
        .filter(line -> !line.points().isEmpty())
        .map(line -> line.name() + " ends at " + y(line.points().get(line.points().size() - 1)))
        .collect(Collectors.joining(", "));
  }

  private Table table() {
    List<String> head = new ArrayList<>(List.of(x));
    lines.forEach(line -> head.add(line.name()));
    List<List<String>> rows =
        lines.stream()
            .flatMap(line -> line.points().stream().map(Line.Point::x))
            .distinct()
            .sorted()
            .map(this::row)
            .toList();
    return new Table(title, 0, head, rows);
  }

  private List<String> row(double at) {
    List<String> row = new ArrayList<>();
    row.add(
        scale == Scale.SPARSITY
            ? Format.sparsity(at)
            : String.format(Locale.ROOT, at == Math.rint(at) ? "%.0f" : "%.2f", at));
    for (Line line : lines) {
      row.add(
          line.points().stream()
              .filter(point -> point.x() == at)
              .map(this::y)
              .findFirst()
              .orElse(""));
    }
    return row;
  }

  private String y(Line.Point point) {
    String format = "%." + digits + "f";
    String y = String.format(Locale.ROOT, format, point.y());
    return point.spread() == 0 ? y : y + " ± " + String.format(Locale.ROOT, format, point.spread());
  }
}
