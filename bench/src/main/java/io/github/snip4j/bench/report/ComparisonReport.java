package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Several ways of choosing what to keep, side by side.
 *
 * @param title what was compared, in a few words
 * @param lead what was done and what came of it, in a sentence or two
 * @param text what the errors are of, and how often each was measured
 * @param criteria in the order in which they are shown
 * @param settings what all of them have in common
 * @param source what wrote it, in a line
 */
public record ComparisonReport(
    String title,
    String lead,
    List<Headline> headlines,
    String text,
    List<Criterion> criteria,
    Facts settings,
    String source) {
  /**
   * One way of choosing.
   *
   * @param meaning what its score is, in words; may be empty
   * @param cells ascending by sparsity; not all criteria need have the same
   */
  public record Criterion(String name, String meaning, List<Cell> cells) {}

  /**
   * How networks of one sparsity did.
   *
   * @param sparsity the share that is pruned
   * @param error mean share of wrong answers over the seeds
   * @param deviation its standard deviation; 0 for one seed
   */
  public record Cell(double sparsity, double error, double deviation, int seeds) {}

  /** The page. */
  public Report report() {
    return new Report(
        "Comparison of pruning criteria",
        title,
        lead,
        headlines,
        List.of(new Compared(text, criteria), settings),
        source);
  }

  private record Compared(String text, List<Criterion> criteria) implements Section {
    @Override
    public String heading() {
      return "Error over sparsity";
    }

    @Override
    public Html html() {
      List<Line> lines = criteria.stream().map(Compared::line).toList();
      String table = table().html().markup();
      String caption =
          "Sparsities are drawn by the logarithm of what is left. A whisker reaches from one standard"
              + " deviation below the mean to one above it.";
      return Html.fill(
          "<p>{{text}}</p>\n{{table}}\n{{chart}}\n{{meanings}}",
          Map.of(
              "text",
              text,
              "table",
              new Html("<div class=\"wide compared\">" + table + "</div>"),
              "chart",
              new LineChart("Error, in %", caption, "sparsity", LineChart.Scale.SPARSITY, 2, lines)
                  .chart()
                  .html(),
              "meanings",
              meanings()));
    }

    private Html meanings() {
      List<Criterion> explained = criteria.stream().filter(c -> !c.meaning().isEmpty()).toList();
      if (explained.isEmpty()) {
        return Html.NOTHING;
      }
      return Html.fill(
          """
          <h3>What the scores are</h3>
          <p>Each criterion scores every connection; those with the largest scores are kept.</p>
          <dl class="meanings">
          {{list}}
          </dl>""",
          Map.of("list", Html.each(explained, Compared::meaning)));
    }

    private static Html meaning(Criterion criterion) {
      return Html.fill(
          "<dt>{{name}}</dt><dd>{{meaning}}</dd>",
          Map.of("name", criterion.name(), "meaning", criterion.meaning()));
    }

    private static Line line(Criterion criterion) {
      return new Line(
          criterion.name(),
          criterion.cells().stream()
              .map(c -> new Line.Point(c.sparsity(), 100 * c.error(), 100 * c.deviation()))
              .toList());
    }

    private Table table() {
      List<Double> sparsities =
          criteria.stream()
              .flatMap(criterion -> criterion.cells().stream().map(Cell::sparsity))
              .distinct()
              .sorted()
              .toList();
      List<String> head = new ArrayList<>(List.of("criterion"));
      sparsities.forEach(sparsity -> head.add(Format.sparsity(sparsity)));
      List<List<String>> rows = new ArrayList<>();
      for (Criterion criterion : criteria) {
        List<String> row = new ArrayList<>(List.of(criterion.name()));
        sparsities.forEach(sparsity -> row.add(cell(criterion, sparsity)));
        rows.add(row);
      }
      return new Table("Error in % by criterion and sparsity", 1, head, rows);
    }

    private String cell(Criterion criterion, double sparsity) {
      return criterion.cells().stream()
          .filter(cell -> cell.sparsity() == sparsity)
          .map(this::words)
          .findFirst()
          .orElse("–");
    }

    private String words(Cell cell) {
      int seeds =
          criteria.stream().flatMap(c -> c.cells().stream()).mapToInt(Cell::seeds).max().orElse(1);
      return String.format(Locale.ROOT, "%.2f", 100 * cell.error())
          + (cell.seeds() == 1
              ? ""
              : String.format(Locale.ROOT, " ±\u00a0%.2f", 100 * cell.deviation()))
          + (cell.seeds() == seeds ? "" : " (" + cell.seeds() + "\u00a0of\u00a0" + seeds + ")");
    }
  }
}
