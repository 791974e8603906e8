package io.github.snip4j.bench.compare;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellListener;
import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.cell.CellRunner;
import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.cell.CellWorkers;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of a comparison, and writes their numbers beside each other after each of them. It
 * is resumed by starting it again.
 */
public final class ComparisonRunner {
  private final CellRunner cells;
  private final Path root;
  private final ComparisonReports reports;

  /**
   * @param root the folder for compare.json, and for a folder for each run
   * @param checkpointEvery as for {@link Experiment#run}
   * @param reports writes the pages
   */
  public ComparisonRunner(
      Model model,
      Data data,
      Path root,
      @Nullable Integer checkpointEvery,
      ComparisonReports reports) {
    this.cells = new CellRunner(root, CellSources.of(model, data), checkpointEvery, reports);
    this.root = root;
    this.reports = reports;
  }

  /** Runs one cell after the other; otherwise as {@link #run(List, CellWorkers, CellListener)}. */
  public Comparison run(List<RunOptions> runs, RunListener listener) throws IOException {
    return run(cells(runs), CellWorkers.here(1), CellListener.all(listener));
  }

  /**
   * Runs all that is not finished. A run whose layers collapse, or that diverges, has no result;
   * the others are run all the same.
   *
   * @param workers who runs them
   * @throws OptionException if a folder holds a run with other options or on other data, or is a
   *     single run's
   * @throws IOException if data cannot be read or results not be written
   */
  public Comparison run(List<Cell> all, CellWorkers workers, CellListener listener)
      throws IOException {
    checkRoot();
    try (RunFolder folder = RunFolder.open(root)) {
      Progress progress = new Progress(folder, all.get(0).options(), listener);
      workers.run(cells, all, progress);
      Comparison comparison = progress.comparison();
      page(folder, comparison, listener);
      return comparison;
    }
  }

  /**
   * Runs some of the cells into their folders, and compares nothing: other programs may do others
   * at the same time, and {@link #run(List, CellWorkers, CellListener)} collects what is there.
   *
   * @throws OptionException as for all cells
   * @throws IOException if data cannot be read or results not be written
   */
  public void runPart(List<Cell> some, CellWorkers workers, CellListener listener)
      throws IOException {
    checkRoot();
    workers.run(cells, some, listener);
  }

  private void checkRoot() {
    if (RunFolder.isOfRun(root)) {
      throw new OptionException(
          "%s: is the folder of a single run: choose another %s",
          root, OptionException.field("out"));
    }
  }

  /** The cells of a comparison, of runs that differ in criterion, sparsity and seed. */
  public static List<Cell> cells(List<RunOptions> runs) {
    return runs.stream()
        .map(
            run ->
                new Cell(run.scoring().criterion() + "-" + run.sparsity() + "-" + run.seed(), run))
        .toList();
  }

  /** Writes the comparison as far as it is, each time that a cell has ended. */
  private static final class Progress implements CellListener {
    private final RunFolder folder;
    private final RunOptions first;
    private final CellListener listener;
    private final Machine machine = Machine.here();
    private final TreeMap<Integer, Comparison.Cell> ended = new TreeMap<>();

    Progress(RunFolder folder, RunOptions first, CellListener listener) {
      this.folder = folder;
      this.first = first;
      this.listener = listener;
    }

    @Override
    public RunListener begins(int number, Cell cell) {
      return listener.begins(number, cell);
    }

    @Override
    public void ended(int number, CellOutcome outcome) throws IOException {
      ended.put(number, Comparison.Cell.of(outcome));
      Comparison soFar = comparison();
      folder.write(
          () -> {
            soFar.write(file(folder.path()));
            soFar.writeTable(folder.path().resolve("compare.csv"));
            return soFar;
          });
      listener.ended(number, outcome);
    }

    Comparison comparison() {
      return Comparison.of(first, machine, List.copyOf(ended.values()));
    }
  }

  private void page(RunFolder folder, Comparison comparison, CellListener listener) {
    try {
      reports.write(comparison, folder);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      listener.noPage(folder.report(), e);
    }
  }

  /**
   * Where the comparison is written; beside it are its cells as a table, compare.csv, and a page
   * for people, report.html.
   */
  public static Path file(Path root) {
    return root.resolve("compare.json");
  }
}
