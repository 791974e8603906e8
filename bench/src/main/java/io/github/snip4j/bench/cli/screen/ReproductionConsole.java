package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellListener;
import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.reproduce.Reproduction.Planned;
import io.github.snip4j.bench.reproduce.Study;
import io.github.snip4j.bench.reproduce.StudyPage;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what is reproduced: a line for each run, and the tables. */
public final class ReproductionConsole implements CellListener {
  private final PrintWriter out;
  private int runs;
  private int ended;
  private final Map<String, Double> expected = new HashMap<>(); // seconds of each run
  private double done; // of those
  private long start;

  public ReproductionConsole(PrintWriter out) {
    this.out = out;
  }

  /** Runs that cannot be made, as their data are not here. */
  public void left(Study study, String dataset, int left) {
    line("%s: %d runs are left out, as there is no %s here", study.name(), left, dataset);
  }

  /** What will be done. */
  public void plan(List<Planned> all, List<Planned> unfinished, Machine machine) {
    runs = all.size();
    line("snip4j %s, Java %s", machine.snip4j(), machine.jdk());
    line(
        "%s to make, %s are left",
        all.size() == 1 ? "1 run" : Format.count(all.size()) + " runs",
        Format.count(unfinished.size()));
  }

  /**
   * How long that will take.
   *
   * @param seconds of each run
   * @param jobs how many run at a time
   */
  public void estimate(List<Planned> runs, List<Double> seconds, int jobs) {
    for (int i = 0; i < runs.size(); i++) {
      expected.put(runs.get(i).cell().name(), seconds.get(i));
    }
    if (!runs.isEmpty()) {
      line("by a few steps of each row: about %s", Format.time(all() / jobs));
    }
    line("");
    start = System.nanoTime();
  }

  private double all() {
    return expected.values().stream().mapToDouble(s -> s).sum();
  }

  /** As those that have ended were so many times slower or faster than was expected. */
  private String left() {
    double rest = all() - done;
    if (done == 0 || rest <= 0) {
      return "";
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    return "; about " + Format.time(elapsed / done * rest) + " left";
  }

  @Override
  public RunListener begins(int number, Cell cell) {
    return new RunListener() {};
  }

  @Override
  public void ended(int number, CellOutcome outcome) {
    ended++;
    done += expected.getOrDefault(outcome.cell().name(), 0.0);
    RunResult result = outcome.result();
    String what =
        result == null
            ? "no result: " + outcome.failure()
            : String.format(
                Locale.ROOT,
                "test error %.2f %%%s",
                100 * result.pruned().last().test().error(),
                outcome.kind() == CellOutcome.Kind.FINISHED_BEFORE
                    ? ", was finished"
                    : ", " + Format.time(result.totalSeconds()));
    line("%3d of %d  %s: %s%s", ended, runs, outcome.cell().name(), what, left());
  }

  /** The numbers of an item. */
  public void table(StudyPage page) {
    line("");
    line("%s", page.heading());
    page.table()
        .ifPresent(
            table -> {
              TextTable text = new TextTable(table.head().toArray(String[]::new));
              table.rows().forEach(row -> text.row(row.toArray(String[]::new)));
              text.print(out);
            });
  }

  /** A run as a command of its own. */
  public void list(Planned run, Path root) {
    List<String> words = new ArrayList<>(List.of("./snip4j", "run"));
    words.addAll(run.words());
    words.addAll(List.of("--out", root.resolve(run.cell().name()).toString()));
    line("%s", String.join(" ", words));
  }

  /** A file that is there now. */
  public void written(Path file) {
    line("written to %s", file);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
