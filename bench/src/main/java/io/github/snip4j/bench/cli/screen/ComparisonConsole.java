package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.compare.Comparison;
import io.github.snip4j.bench.compare.ComparisonRunner;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.datasets.Splits;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the progress of a comparison, a line for each run, and its table. */
public final class ComparisonConsole implements ComparisonRunner.Observer {
  private final PrintWriter out;
  private final PrintWriter err;
  private final ConsoleReport screen;
  private final int runs;

  public ComparisonConsole(PrintWriter out, PrintWriter err, int runs) {
    this.out = out;
    this.err = err;
    this.screen = new ConsoleReport(out, err);
    this.runs = runs;
  }

  public void machine(Machine machine) {
    screen.machine(machine);
  }

  @Override
  public Experiment.Observer begins(int number, RunOptions options) {
    String name = name(options.scoring().criterion(), options.sparsity(), options.seed());
    return new OneRun(String.format(Locale.ROOT, "%d of %d, %s", number, runs, name));
  }

  @Override
  public void done(int number, Comparison.Cell cell, ComparisonRunner.Finished when) {
    out.printf(
        Locale.ROOT,
        "%3d of %d  %s: %s%s%n",
        number,
        runs,
        name(cell.criterion(), cell.sparsity(), cell.seed()),
        cell.error() == null
            ? "no result: " + cell.failure()
            : String.format(Locale.ROOT, "test error %.2f %%", 100 * cell.error()),
        words(when));
    out.flush();
  }

  private static String words(ComparisonRunner.Finished when) {
    return switch (when) {
      case NOW -> "";
      case BEFORE -> ", was finished";
      case BEFORE_ON_UNKNOWN_DATA -> ", was finished; on which data was not recorded then";
    };
  }

  @Override
  public void noPage(Path page, Throwable why) {
    screen.noPage(page, why);
  }

  private static String name(CriterionKind criterion, double sparsity, long seed) {
    return criterion + " at " + sparsity + ", seed " + seed;
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

  /** One of the runs, of which only the progress is shown. */
  private final class OneRun implements Experiment.Observer {
    private final String name;

    OneRun(String name) {
      this.name = name;
    }

    @Override
    public void data(RunOptions options, Splits splits, boolean published) {}

    @Override
    public void pruned(RunOptions options, Pruning pruning) {}

    @Override
    public void resumed(ResumableRun run) {}

    @Override
    public Experiment.Progress training(String what, RunOptions options, long done) {
      return ConsoleReport.progress(name + ", " + what, options, done, err);
    }

    @Override
    public void noPage(Path page, Throwable why) {
      screen.noPage(page, why);
    }

    @Override
    public void finished(RunResult result, RunFolder folder) {}
  }
}
