package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.page.Table;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The figures, what they are held against, and where they come from.
 *
 * @param problems what could not be measured, and why
 */
public record Summary(Place place, Figures figures, List<String> problems, Duration took) {
  List<Target> targets() {
    return Targets.of(figures);
  }

  List<Curve> curves() {
    return Plan.LAYERS.stream()
        .map(layer -> Curve.of(layer, figures))
        .filter(curve -> !curve.points().isEmpty())
        .toList();
  }

  /** One row per target. */
  Table targetTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : targets()) {
      Target.Verdict verdict = target.verdict();
      long met =
          target.cases().stream().filter(c -> target.verdict(c) == Target.Verdict.MET).count();
      rows.add(
          List.of(
              target.what(),
              target.demand(),
              target
                  .worst()
                  .map(worst -> target.text(worst.value()) + Spread.text(worst.spread()))
                  .orElse("-"),
              target.worst().map(Target.Case::where).orElse("-"),
              met + " of " + target.cases().size(),
              verdict.toString()));
    }
    List<String> head = List.of("figure", "target", "worst", "where", "met by", "verdict");
    return new Table("Targets", 1, head, rows);
  }

  /** One row per whole network. */
  Table networkTable() {
    return NetworkTable.of(figures);
  }

  /** One row per product of a layer that was computed in another library too. */
  Table productTable() {
    return ProductTable.of(figures);
  }

  /** One row per network and library that one example was asked of. */
  Table predictorTable() {
    return PredictorTable.of(figures);
  }

  /** One row per figure that has a target. */
  Table caseTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : targets()) {
      for (Target.Case figure : target.cases()) {
        rows.add(
            List.of(
                target.what(),
                figure.where(),
                target.text(figure.value()),
                target.demand(),
                target.verdict(figure).toString()));
      }
    }
    List<String> head = List.of("figure", "where", "measured", "target", "verdict");
    return new Table("Every figure that has a target", 2, head, rows);
  }

  /** One row per job. */
  Table figureTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Figure figure : figures.all()) {
      Job job = figure.job();
      rows.add(
          List.of(
              job.benchmark().replace("Benchmark", ""),
              job.parameterText(),
              job.start().toString(),
              number("%.1f", figure.gflops()),
              number("%.1f", figure.low()) + " to " + number("%.1f", figure.high()),
              number("%.1f", figure.microseconds()) + Spread.text(figure.spread()),
              number("%.1f", figure.tail()),
              figures.speedUp(job).map(ratio -> number("%.2fx", ratio)).orElse("")));
    }
    List<String> head =
        List.of(
            "benchmark", "parameters", "Java", "GFLOP/s", "range", "µs", "99 % within", "speed-up");
    return new Table("Everything that was measured", 3, head, rows);
  }

  /** On what, when, and how long. */
  List<String> provenance() {
    return List.of(
        place.processor() + ", " + place.cores() + " cores, " + place.system(),
        "JDK " + place.jdk() + ", products: " + place.kernels(),
        place.date() + ", " + took.toMinutes() + " min " + took.toSecondsPart() + " s");
  }

  /** The table for a README: what is demanded and the worst that was measured. */
  public String markdown() {
    StringBuilder out = new StringBuilder("# Kernels and networks, measured\n\n");
    out.append(String.join("; ", provenance())).append(".\n\n");
    out.append(targetTable().markdown());
    problems.forEach(problem -> out.append("\nNot measured: ").append(problem).append('\n'));
    for (Table table :
        List.of(networkTable(), predictorTable(), productTable(), caseTable(), figureTable())) {
      if (!table.rows().isEmpty()) {
        out.append("\n## ").append(table.name()).append("\n\n").append(table.markdown());
      }
    }
    return out.toString();
  }

  /** Every case and every figure, a line each. */
  public String csv() {
    StringBuilder out = new StringBuilder();
    csvLine(out, List.of("kind", "name", "where", "java", "value", "unit", "target", "verdict"));
    for (Target target : targets()) {
      for (Target.Case figure : target.cases()) {
        csvLine(
            out,
            List.of(
                "target",
                target.what(),
                figure.where(),
                "",
                plain(figure.value()),
                target.unit(),
                (target.atMost() ? "<= " : ">= ") + target.bound(),
                target.verdict(figure).toString()));
      }
    }
    for (Figure figure : figures.all()) {
      Job job = figure.job();
      List<String> what =
          List.of("figure", job.benchmark(), job.parameterText(), job.start().toString());
      if (!Double.isNaN(figure.gflops())) {
        csvLine(out, what, plain(figure.gflops()), "GFLOP/s", "", "");
      }
      csvLine(out, what, plain(figure.microseconds()), "µs", "", "");
      if (!Double.isNaN(figure.tail())) {
        csvLine(out, what, plain(figure.tail()), "µs within which 99 % are", "", "");
      }
      if (!Double.isNaN(figure.spread())) {
        csvLine(out, what, plain(100 * figure.spread()), "% between Javas", "", "");
      }
      figures.speedUp(job).ifPresent(ratio -> csvLine(out, what, plain(ratio), "x", "", ""));
      if (!Double.isNaN(figure.bytes())) {
        csvLine(out, what, plain(figure.bytes()), "bytes", "", "");
      }
    }
    return out.toString();
  }

  private static void csvLine(StringBuilder out, List<String> first, String... others) {
    List<String> cells = new ArrayList<>(first);
    cells.addAll(List.of(others));
    out.append(
        cells.stream()
            .map(cell -> cell.matches("[^,\"\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(",", "", "\n")));
  }

  private static String plain(double value) {
    return Double.isFinite(value) ? String.valueOf((float) value) : "";
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /**
   * Writes the numbers, {@code summary.md} and {@code summary.csv}.
   *
   * @throws IOException if one cannot be written
   */
  public void write(Path folder) throws IOException {
    write(folder.resolve("summary.md"), markdown());
    write(folder.resolve("summary.csv"), csv());
  }

  /**
   * Writes the page, {@code summary.html}.
   *
   * @throws IOException if it cannot be written
   */
  public Path writePage(Path folder) throws IOException {
    Path page = page(folder);
    write(page, SummaryPage.of(this));
    return page;
  }

  /** Where the page goes. */
  public static Path page(Path folder) {
    return folder.resolve("summary.html");
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
