package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Table;
import io.github.snip4j.bench.result.Histogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the choice was made: the scores of all connections and the cut.
 *
 * @param text what a score is
 * @param kept how many connections stay, those in no bar among them
 * @param oneCut whether all layers have the same; if not, none is shown
 */
public record Scored(String text, Histogram histogram, int kept, boolean oneCut)
    implements Section {
  @Override
  public String heading() {
    return "How the choice was made";
  }

  @Override
  public Html html() {
    return Html.fill("<p>{{text}}</p>\n{{chart}}", Map.of("text", text, "chart", chart().html()));
  }

  private Chart chart() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "histogram");
    data.put("low", histogram.low());
    data.put("width", histogram.width());
    data.put("kept", histogram.kept());
    data.put("pruned", histogram.pruned());
    if (oneCut && histogram.cut() > 0) {
      data.put("cut", Math.log10(histogram.cut()));
    }
    return new Chart(
        "Connections by their score",
        "The scale is logarithmic. " + cut() + "." + below() + beside(),
        "Histogram of the scores. " + cut(),
        data,
        table());
  }

  private String cut() {
    if (!oneCut) {
      return "Each layer has a cut of its own";
    }
    return histogram.cut() > 0
        ? "The cut is at " + Format.small(histogram.cut())
        : "The cut is not above 0, so all that are drawn are kept";
  }

  private String below() {
    return histogram.below() == 0
        ? ""
        : " The first bar also holds the " + Format.count(histogram.below()) + " that are smaller.";
  }

  /** What such a scale has no place for. */
  private String beside() {
    List<String> groups = new ArrayList<>();
    if (histogram.zeros() > 0) {
      groups.add(connections(histogram.zeros()) + " with score 0");
    }
    if (histogram.negative() > 0) {
      groups.add(connections(histogram.negative()) + " with a score below 0");
    }
    if (groups.isEmpty()) {
      return "";
    }
    int here = kept - histogram.kept().stream().mapToInt(Integer::intValue).sum();
    return " Such a scale does not reach 0, so there is no bar for "
        + String.join(" and ", groups)
        + (here == 0
            ? "; none of these is kept."
            : here == histogram.zeros() + histogram.negative()
                ? "; all of these are kept."
                : "; " + Format.count(here) + " of these are kept.");
  }

  private static String connections(int number) {
    return number == 1 ? "1 connection" : Format.count(number) + " connections";
  }

  private Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < histogram.kept().size(); i++) {
      rows.add(
          List.of(
              edge(i),
              edge(i + 1),
              Format.count(histogram.pruned().get(i)),
              Format.count(histogram.kept().get(i))));
    }
    return new Table(
        "Connections by their score", 0, List.of("from", "to", "pruned", "kept"), rows);
  }

  private String edge(int i) {
    return Format.small(Math.pow(10, histogram.low() + i * histogram.width()));
  }
}
