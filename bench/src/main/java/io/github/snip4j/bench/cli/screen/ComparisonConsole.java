package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellListener;
import io.github.snip4j.bench.cell.CellOutcome;
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
public final class ComparisonConsole implements CellListener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final ConsoleReport screen;
  private final int runs;
  private final int jobs;
  private final TimeLeft time;
  private int held;

  /**
   * @param runs how many cells there are
   * @param jobs how many of them run at a time
   */
  public ComparisonConsole(PrintWriter out, PrintWriter err, int runs, int jobs) {
    this.out = out;
    this.err = err;
    this.screen = new ConsoleReport(out, err);
    this.runs = runs;
    this.jobs = jobs;
    this.time = new TimeLeft(runs, jobs, System::nanoTime);
  }

  public void machine(Machine machine) {
    screen.machine(machine);
  }

  /** Whether no cell was left to another process; says so if some were. */
  public boolean isWhole() {
    if (held > 0) {
      err.printf(
          Locale.ROOT,
          "snip4j: another process has not finished %d of these cells yet: start again when it"
              + " ends%n",
          held);
    }
    return held == 0;
  }

  @Override
  public RunListener begins(int number, Cell cell) {
    time.begins(number);
    String running = String.format(Locale.ROOT, "%d of %d, %s", number, runs, name(cell.options()));
    if (jobs > 1) {
      err.println(running + ": begins");
    }
    return new Follower(running, jobs == 1);
  }

  /** Follows one run. */
  private final class Follower implements RunListener {
    private final String running;
    private final boolean alone;

    /**
     * @param running which run, in words
     * @param alone whether its trainings are shown; several at a time would write over each other
     */
    Follower(String running, boolean alone) {
      this.running = running;
      this.alone = alone;
    }

    @Override
    public void trainingBegins(String what, long steps, long done) {
      if (alone) {
        screen.follow(running + ", " + what, steps, done);
      }
    }

    @Override
    public void afterStep(Step step) {
      if (alone) {
        screen.afterStep(step);
      }
    }

    @Override
    public void trainingEnds() {
      if (alone) {
        screen.trainingEnds();
      }
    }

    @Override
    public void noPage(Path page, Throwable why) {
      screen.noPage(page, why);
    }
  }

  @Override
  public void ended(int number, CellOutcome outcome) {
    time.ended(number);
    RunOptions options = outcome.cell().options();
    String how = outcome(outcome);
    String left = outcome.kind() == CellOutcome.Kind.FINISHED ? time.words() : "";
    if (outcome.kind() == CellOutcome.Kind.HELD) {
      held++;
    }
    out.printf(Locale.ROOT, "%3d of %d  %s: %s%s%n", number, runs, name(options), how, left);
    out.flush();
  }

  private static String outcome(CellOutcome outcome) {
    RunResult result = outcome.result();
    if (result == null) {
      return "no result: " + outcome.failure();
    }
    double error = result.pruned().last().test().error();
    String shown = String.format(Locale.ROOT, "test error %.2f %%", 100 * error);
    if (outcome.kind() == CellOutcome.Kind.FINISHED) {
      return shown;
    }
    String unknown = result.dataSha256() == null ? "; on which data was not recorded then" : "";
    return shown + ", was finished" + unknown;
  }

  @Override
  public void noPage(Path page, Throwable why) {
    screen.noPage(page, why);
  }

  /** Some cells of a larger comparison have ended. */
  public void part(int all) {
    out.printf(
        Locale.ROOT,
        "%d of %d cells are this part; 'compare' without --cells writes the table of all%n",
        runs,
        all);
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
            + (Files.isRegularFile(file.resolveSibling("report.html")) ? ", report.html" : "")
            + ", compare.csv");
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
