package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.page.ChartLibrary;
import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Resource;
import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The summary as one HTML file that needs no other: {@code summary.html} beside this class, with
 * the charting library and its licence, the curves and the tables filled in.
 */
final class SummaryPage {
  private SummaryPage() {}

  static String of(Summary summary) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("chartLicence", ChartLibrary.licence());
    parts.put("chartStyle", ChartLibrary.style());
    parts.put("chartScript", ChartLibrary.script());
    parts.put("provenance", Html.lines(summary.provenance(), "p"));
    parts.put("verdict", verdict(summary.targets()));
    parts.put("problems", Html.lines(summary.problems(), "li"));
    parts.put(
        "breakEven",
        Html.lines(summary.curves().stream().map(SummaryPage::sentence).toList(), "li"));
    parts.put("curves", Html.json(summary.curves().stream().map(Drawn::of).toList()));
    parts.put("curveTable", html(curveTable(summary.curves())));
    parts.put("targetTable", html(summary.targetTable()));
    parts.put("networkTable", html(summary.networkTable()));
    parts.put("predictorTable", html(summary.predictorTable()));
    parts.put("productTable", html(summary.productTable()));
    parts.put("caseTable", html(summary.caseTable()));
    parts.put("figureTable", html(summary.figureTable()));
    return Html.fill(Resource.text(SummaryPage.class, "summary.html"), parts).markup();
  }

  /** What the page's script draws: Gson writes neither NaN nor infinite. */
  private record Drawn(String layer, List<Curve.Point> points, double breakEven, String label) {
    static Drawn of(Curve curve) {
      double at = curve.breakEven();
      return Double.isFinite(at)
          ? new Drawn(curve.layer(), curve.points(), at, curve.breakEvenText())
          : new Drawn(curve.layer(), curve.points(), -1, curve.breakEvenText());
    }
  }

  private static String sentence(Curve curve) {
    return curve.layer() + ": break-even at " + curve.breakEvenText() + " sparsity";
  }

  private static String verdict(List<Target> targets) {
    Map<Target.Verdict, Long> count =
        targets.stream().collect(Collectors.groupingBy(Target::verdict, Collectors.counting()));
    return count.getOrDefault(Target.Verdict.MET, 0L)
        + (" of " + targets.size() + " targets are met; NOT met: ")
        + (count.getOrDefault(Target.Verdict.MISSED, 0L) + "; not measured: ")
        + count.getOrDefault(Target.Verdict.NOT_MEASURED, 0L);
  }

  private static Table curveTable(List<Curve> curves) {
    List<String> head = new ArrayList<>(List.of("pruned"));
    curves.forEach(curve -> head.add(curve.layer()));
    List<List<String>> rows =
        Plan.SPARSITIES.stream().map(sparsity -> curveRow(sparsity, curves)).toList();
    return new Table("Speed-up of the sparse product over the dense one, batch 128", 1, head, rows);
  }

  private static List<String> curveRow(String sparsity, List<Curve> curves) {
    List<String> row = new ArrayList<>(List.of(sparsity + " %"));
    for (Curve curve : curves) {
      row.add(
          curve.points().stream()
              .filter(point -> point.sparsity() == Double.parseDouble(sparsity))
              .map(point -> String.format(Locale.ROOT, "%.2fx", point.speedUp()))
              .findFirst()
              .orElse("-"));
    }
    return row;
  }

  private static Html html(Table table) {
    return table.html(SummaryPage::look);
  }

  private static String look(String cell) {
    for (Target.Verdict verdict : Target.Verdict.values()) {
      if (cell.equals(verdict.toString())) {
        return "verdict " + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return "number";
  }
}
