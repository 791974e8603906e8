package io.github.snip4j.bench.story;

import com.google.gson.JsonParser;
import io.github.snip4j.bench.compare.Comparison;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.report.ComparisonReport;
import io.github.snip4j.bench.report.Facts;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.report.Headline;
import io.github.snip4j.bench.result.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A comparison as a page for people. */
final class ComparisonPage {
  private static final int HEADLINES = 4;

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
    return new ComparisonReport(
        (criteria.size() == 1 ? "One criterion" : criteria.size() + " criteria")
            + (" on " + options.model()),
        lead(),
        headlines(),
        text(),
        criteria.stream().map(this::criterion).toList(),
        new Facts(
            "All runs had these settings, but for criterion, its rounds, sparsity and seed. All"
                + " numbers are in compare.json beside this page.",
            settings()),
        ReportFooter.words(comparison.machine()));
  }

  /** What is the same for all runs. */
  private List<Facts.Fact> settings() {
    Set<String> differ = Set.of("sparsity", "seed", "scoring criterion", "scoring rounds");
    return Facts.of(JsonParser.parseString(Json.write(comparison.options()))).stream()
        .filter(fact -> !differ.contains(fact.name()))
        .toList();
  }

  private String lead() {
    RunOptions options = comparison.options();
    return ("Before any training, connections of the neural network " + options.model())
        + " were pruned by each criterion and with each seed; what was left was trained on "
        + (options.data().title() + " for " + Format.count(options.iterations()) + " steps.")
        + switch (options.scoring().sanity()) {
          case NONE -> "";
          case SHUFFLE -> " As a check, what was kept was put at random places of each layer.";
          case INVERT -> " As a check, what a criterion prunes first was kept.";
        };
  }

  private String text() {
    long seeds = comparison.cells().stream().map(Comparison.Cell::seed).distinct().count();
    long failed = comparison.cells().stream().filter(cell -> cell.error() == null).count();
    return "The share of test examples that are answered wrongly after the last step, in %"
        + (seeds == 1
            ? "."
            : ": the mean over " + seeds + " seeds, and the standard deviation over them.")
        + (failed == 0
            ? ""
            : (" " + Format.count(failed) + " of " + Format.count(comparison.cells().size()))
                + " runs have no result (–): nothing was left of a layer, they diverged, or another"
                + " process was running them.");
  }

  /** The best at the highest sparsities. */
  private List<Headline> headlines() {
    List<Double> sparsities =
        measured.stream()
            .map(Comparison.Row::sparsity)
            .filter(sparsity -> sparsity > 0)
            .distinct()
            .sorted()
            .toList();
    return sparsities.stream()
        .skip(Math.max(0, sparsities.size() - HEADLINES))
        .flatMap(sparsity -> best(sparsity).stream())
        .toList();
  }

  private Optional<Headline> best(double sparsity) {
    return measured.stream()
        .filter(row -> row.sparsity() == sparsity)
        .min(Comparator.comparingDouble(row -> Objects.requireNonNull(row.meanError())))
        .map(
            row ->
                new Headline(
                    Format.percent(Objects.requireNonNull(row.meanError())),
                    "Least error at " + Format.sparsity(sparsity),
                    row.criterion().toString()));
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
    String source = kind.source().isEmpty() ? "" : " (" + kind.source() + ")";
    return new ComparisonReport.Criterion(kind.toString(), kind.meaning() + source, cells);
  }
}
