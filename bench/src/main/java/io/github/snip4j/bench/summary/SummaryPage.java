package io.github.snip4j.bench.summary;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringSubstitutor;

/**
 * The summary as one HTML file that needs no other: {@code summary.html} beside this class, with
 * the charting library and its licence, the curves and the tables filled in.
 */
final class SummaryPage {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private SummaryPage() {}

  static String of(Summary summary) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("chartLicence", resource(UPLOT + "LICENSE"));
    parts.put("chartStyle", resource(UPLOT + "dist/uPlot.min.css"));
    parts.put("chartScript", resource(UPLOT + "dist/uPlot.iife.min.js"));
    parts.put("provenance", lines(summary.provenance(), "p"));
    parts.put("verdict", escape(verdict(summary.targets())));
    parts.put("problems", lines(summary.problems(), "li"));
    parts.put(
        "breakEven", lines(summary.curves().stream().map(SummaryPage::sentence).toList(), "li"));
    parts.put("curves", new Gson().toJson(summary.curves().stream().map(Drawn::of).toList()));
    parts.put("curveTable", html(curveTable(summary.curves())));
    parts.put("targetTable", html(summary.targetTable()));
    parts.put("networkTable", html(summary.networkTable()));
    parts.put("caseTable", html(summary.caseTable()));
    parts.put("figureTable", html(summary.figureTable()));
    return new StringSubstitutor(parts::get, "{{", "}}", '\\')
        .setEnableUndefinedVariableException(true)
        .setDisableSubstitutionInValues(true)
        .replace(resource("summary.html"));
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

  private static String html(Table table) {
    StringBuilder out = new StringBuilder("<table>\n<caption>" + escape(table.name()));
    out.append("</caption>\n<thead><tr>");
    table.head().forEach(cell -> out.append("<th scope=\"col\">" + escape(cell) + "</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : table.rows()) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        String open = i < table.texts() ? "<td>" : "<td class=\"" + look(cell) + "\">";
        out.append(open).append(escape(cell)).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n</table>").toString();
  }

  private static String look(String cell) {
    for (Target.Verdict verdict : Target.Verdict.values()) {
      if (cell.equals(verdict.toString())) {
        return "verdict " + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
    return "number";
  }

  private static String lines(List<String> texts, String tag) {
    return texts.stream()
        .map(text -> "<" + tag + ">" + escape(text) + "</" + tag + ">")
        .collect(Collectors.joining("\n"));
  }

  private static String escape(String text) {
    return StringEscapeUtils.escapeHtml4(text);
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(SummaryPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
