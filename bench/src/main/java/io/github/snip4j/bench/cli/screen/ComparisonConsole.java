package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.compare.Comparison;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunListener;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the progress of a comparison, a line for each run, and its table. */
public final class ComparisonConsole implements RunListener {
  private final PrintWriter out;
  private final ConsoleReport screen;
  private final int runs;
  private String running = "";

  public ComparisonConsole(PrintWriter out, PrintWriter err, int runs) {
    this.out = out;
    this.screen = new ConsoleReport(out, err);
    this.runs = runs;
  }

  public void machine(Machine machine) {
    screen.machine(machine);
  }

  @Override
  public void begins(int number, RunOptions options) {
    running = String.format(Locale.ROOT, "%d of %d, %s", number, runs, name(options));
  }

  @Override
  public void trainingBegins(String what, long steps, long done) {
    screen.follow(running + ", " + what, steps, done);
  }

  @Override
  public void afterStep(Step step) {
    screen.afterStep(step);
  }

  @Override
  public void trainingEnds() {
    screen.trainingEnds();
  }

  @Override
  public void done(int number, RunResult result, boolean before) {
    double error = result.pruned().last().test().error();
    String unknown = result.dataSha256() == null ? "; on which data was not recorded then" : "";
    line(
        number,
        result.options(),
        String.format(Locale.ROOT, "test error %.2f %%", 100 * error)
            + (before ? ", was finished" + unknown : ""));
  }

  @Override
  public void failed(int number, RunOptions options, String why) {
    line(number, options, "no result: " + why);
  }

  private void line(int number, RunOptions options, String outcome) {
    out.printf(Locale.ROOT, "%3d of %d  %s: %s%n", number, runs, name(options), outcome);
    out.flush();
  }

  @Override
  public void noPage(Path page, Throwable why) {
    screen.noPage(page, why);
  }

  private static String name(RunOptions options) {
    return options.scoring().criterion()
        + (" at " + options.sparsity() + ", seed " + options.seed());
  }

  /** Criteria down, sparsities across. */
  public void table(Comparison comparison, Path file) {
    List<String> head = new ArrayList<>(List.of("test error in %"));
    List<Double> sparsities =
        comparison.rows().stream().map(Comparison.Row::sparsity).distinct().toList();
    sparsities.forEach(sparsity -> head.add("at " + sparsity));
    TextTable table = new TextTable(head.toArray(String[]::new));
    comparison.rows().stream()
        .map(Comparison.Row::criterion)
        .distinct()
        .forEach(
            criterion -> {
              List<String> cells = new ArrayList<>(List.of(criterion.toString()));
              comparison.rows().stream()
                  .filter(row -> row.criterion() == criterion)
                  .forEach(row -> cells.add(cell(row)));
              table.row(cells.toArray(String[]::new));
            });
    out.println();
    table.print(out);
    out.println(
        "mean and standard deviation over seeds, after the last step; written to "
            + file
            + (Files.isRegularFile(file.resolveSibling("report.html")) ? ", report.html" : ""));
  }

  private static String cell(Comparison.Row row) {
    if (row.meanError() == null) {
      return "no result";
    }
    String mean = String.format(Locale.ROOT, "%.2f", 100 * row.meanError());
    String deviation =
        row.deviation() == null
            ? ""
            : String.format(Locale.ROOT, " +- %.2f", 100 * row.deviation());
    String missing =
        row.finished() == row.runs() ? "" : " (" + row.finished() + " of " + row.runs() + ")";
    return mean + deviation + missing;
  }
}
