package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the choice was made: the scores of all connections and the cut.
 *
 * @param text what a score is
 */
public record Scored(String text, Histogram histogram) implements Section {
  @Override
  public String heading() {
    return "How the choice was made";
  }

  @Override
  public Html html() {
    return Html.fill("<p>{{text}}</p>\n{{chart}}", Map.of("text", text, "chart", chart().html()));
  }

  private Chart chart() {
    return new Chart(
        "Connections by their score",
        "The scale is logarithmic. " + outside(),
        "Histogram of the scores; the cut is at " + Words.small(histogram.cut()),
        Map.of(
            "kind", "histogram",
            "low", histogram.low(),
            "width", histogram.width(),
            "kept", histogram.kept(),
            "pruned", histogram.pruned(),
            "cut", histogram.cut() > 0 ? Math.log10(histogram.cut()) : histogram.low()),
        table());
  }

  private String outside() {
    String text = histogram.cut() > 0 ? "The cut is at " + Words.small(histogram.cut()) + "." : "";
    if (histogram.below() > 0) {
      text +=
          " The first bar also holds the " + Words.count(histogram.below()) + " that are smaller.";
    }
    if (histogram.zeros() > 0) {
      text += " " + Words.count(histogram.zeros()) + " connections have score 0, and no bar.";
    }
    if (histogram.negative() > 0) {
      text += " " + Words.count(histogram.negative()) + " score below 0, and have no bar.";
    }
    return text;
  }

  private Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < histogram.kept().size(); i++) {
      rows.add(
          List.of(
              edge(i),
              edge(i + 1),
              Words.count(histogram.pruned().get(i)),
              Words.count(histogram.kept().get(i))));
    }
    return new Table(
        "Connections by their score", 0, List.of("from", "to", "pruned", "kept"), rows);
  }

  private String edge(int i) {
    return Words.small(Math.pow(10, histogram.low() + i * histogram.width()));
  }
}
