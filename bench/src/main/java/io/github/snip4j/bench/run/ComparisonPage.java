package io.github.snip4j.bench.run;

import com.google.gson.JsonParser;
import io.github.snip4j.bench.report.ComparisonReport;
import io.github.snip4j.bench.report.Facts;
import io.github.snip4j.bench.report.Headline;
import io.github.snip4j.bench.report.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A comparison as a page for people. */
final class ComparisonPage {
  private final Comparison comparison;
  private final List<Comparison.Row> measured;

  ComparisonPage(Comparison comparison) {
    this.comparison = comparison;
    this.measured = comparison.rows().stream().filter(row -> row.meanError() != null).toList();
  }

  ComparisonReport report() {
    RunOptions options = comparison.options();
    List<CriterionKind> criteria =
        comparison.rows().stream().map(Comparison.Row::criterion).distinct().toList();
    long failed = comparison.cells().stream().filter(cell -> cell.error() == null).count();
    return new ComparisonReport(
        (criteria.size() == 1 ? "One criterion" : criteria.size() + " criteria")
            + (" on " + options.model()),
        ("Before any training, connections of "
                + options.model()
                + " were pruned by each criterion")
            + (" and with each seed; what was left was trained on " + options.data().name())
            + (" for " + Words.count(options.iterations()) + " steps.")
            + (failed == 0
                ? ""
                : " "
                    + Words.count(failed)
                    + " of "
                    + Words.count(comparison.cells().size())
                    + " runs have no result: nothing was left of a layer, or they diverged."),
        headlines(),
        "The mean test error after the last step over the seeds, and its standard deviation.",
        criteria.stream().map(this::criterion).toList(),
        new Facts(
            "All runs had these settings, but for criterion, its rounds, sparsity and seed. All"
                + " numbers are in compare.json beside this page.",
            Facts.of(JsonParser.parseString(Json.write(options)))),
        Source.words(comparison.machine()));
  }

  /** The best at the highest sparsity. */
  private List<Headline> headlines() {
    double highest = measured.stream().mapToDouble(Comparison.Row::sparsity).max().orElse(0);
    return measured.stream()
        .filter(row -> row.sparsity() == highest)
        .min(Comparator.comparingDouble(row -> Objects.requireNonNull(row.meanError())))
        .map(
            row ->
                List.of(
                    new Headline(
                        Words.percent(Objects.requireNonNull(row.meanError())),
                        "Least error at " + Words.sparsity(highest),
                        row.criterion().words())))
        .orElse(List.of());
  }

  private ComparisonReport.Criterion criterion(CriterionKind kind) {
    List<ComparisonReport.Cell> cells = new ArrayList<>();
    measured.stream()
        .filter(row -> row.criterion() == kind)
        .sorted(Comparator.comparingDouble(Comparison.Row::sparsity))
        .forEach(
            row -> {
              Double deviation = row.deviation();
              cells.add(
                  new ComparisonReport.Cell(
                      row.sparsity(),
                      Objects.requireNonNull(row.meanError()),
                      deviation == null ? 0 : deviation,
                      row.finished()));
            });
    return new ComparisonReport.Criterion(kind.toString(), cells);
  }
}
