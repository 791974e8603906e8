package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.HeldFolderException;
import io.github.snip4j.bench.run.ReportWriter;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.snip.diagnosis.CollapsedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of a sweep, each in a folder of its own. What is finished is not run again, and
 * what was interrupted goes on, so a sweep is resumed by starting it again.
 */
public final class CellRunner {
  private final Path root;
  private final CellSources sources;
  private final SharedData data;
  private final @Nullable Integer checkpointEvery;
  private final ReportWriter reports;

  /**
   * @param root the folder below which each cell has its own
   * @param sources finds the networks and the data
   * @param checkpointEvery as for {@link Experiment#run}
   * @param reports writes the page of each run
   */
  public CellRunner(
      Path root, CellSources sources, @Nullable Integer checkpointEvery, ReportWriter reports) {
    this.root = root;
    this.sources = sources;
    this.data = new SharedData(sources);
    this.checkpointEvery = checkpointEvery;
    this.reports = reports;
  }

  /**
   * Runs all that is not finished. A cell whose layers collapse, or that diverges, has no result;
   * the others are run all the same. A cell that another process is running is left to it, and
   * looked at again when the others are done.
   *
   * @param jobs how many cells run side by side, begun in their order, each with its share of the
   *     engine's threads; the bits of their results do not depend on it
   * @return one outcome for each cell, in the order of the cells
   * @throws OptionException if a folder holds a run with other options or on other data; then
   *     nothing was run
   * @throws IllegalArgumentException if two cells have one name
   * @throws IOException if data cannot be read or results not be written
   */
  public List<CellOutcome> run(List<Cell> cells, int jobs, CellListener listener)
      throws IOException {
    check(cells);
    TreeMap<Integer, CellOutcome> outcomes = new TreeMap<>();
    SideBySide workers = new SideBySide(jobs);
    List<Integer> all = IntStream.rangeClosed(1, cells.size()).boxed().toList();
    for (boolean last : new boolean[] {false, true}) {
      List<Integer> left = all.stream().filter(number -> !outcomes.containsKey(number)).toList();
      workers.run(
          left,
          number -> {
            CellOutcome outcome = outcome(number, cells.get(number - 1), listener);
            synchronized (outcomes) {
              if (last || outcome.kind() != CellOutcome.Kind.HELD) {
                outcomes.put(number, outcome);
                listener.ended(number, outcome);
              }
            }
          });
    }
    return List.copyOf(outcomes.values());
  }

  /**
   * Lets other machines run all that is not finished; results and errors as {@link #run}. The
   * listener is told how cells end, and not when they begin.
   *
   * @param master which machines, as for {@link CellCluster#run}
   */
  public List<CellOutcome> runOn(
      String master, CellCluster cluster, List<Cell> cells, CellListener listener)
      throws IOException {
    check(cells);
    TreeMap<Integer, CellOutcome> outcomes = new TreeMap<>();
    TreeMap<Integer, Cell> left = new TreeMap<>();
    for (int number = 1; number <= cells.size(); number++) {
      Cell cell = cells.get(number - 1);
      RunResult before = folder(cell).finished(data);
      if (before == null) {
        left.put(number, cell);
      } else {
        outcomes.put(number, CellOutcome.finishedBefore(cell, before));
        listener.ended(number, outcomes.get(number));
      }
    }
    if (!left.isEmpty()) {
      cluster.run(
          master,
          root,
          checkpointEvery,
          left,
          (number, kind, failure) -> {
            CellOutcome outcome = elsewhere(cells.get(number - 1), kind, failure);
            outcomes.put(number, outcome);
            listener.ended(number, outcome);
          });
    }
    return List.copyOf(outcomes.values());
  }

  private CellOutcome elsewhere(Cell cell, CellOutcome.Kind kind, @Nullable String failure)
      throws IOException {
    if (kind == CellOutcome.Kind.FAILED || kind == CellOutcome.Kind.HELD) {
      return new CellOutcome(cell, kind, null, String.valueOf(failure));
    }
    RunResult result = folder(cell).finished(data);
    if (result == null) {
      throw new OptionException(
          "%s: another machine finished this cell, and its result is not here: expected %s in a"
              + " folder that all machines see under this name",
          folder(cell).path(), OptionException.field("out"));
    }
    return new CellOutcome(cell, kind, result, null);
  }

  /** What contradicts is found before the work. */
  private void check(List<Cell> cells) throws IOException {
    Set<String> names = new HashSet<>();
    for (Cell cell : cells) {
      if (!names.add(cell.name())) {
        throw new IllegalArgumentException("two cells are called " + cell.name());
      }
      folder(cell).finished(data);
    }
  }

  private CellFolder folder(Cell cell) {
    return new CellFolder(root.resolve(cell.name()), cell);
  }

  private CellOutcome outcome(int number, Cell cell, CellListener listener) throws IOException {
    CellFolder there = folder(cell);
    RunResult before = there.finished(data);
    if (before != null) {
      return CellOutcome.finishedBefore(cell, before);
    }
    try (RunFolder own = RunFolder.open(there.path())) {
      before = there.finished(data); // another process may have been faster
      if (before != null) {
        return CellOutcome.finishedBefore(cell, before);
      }
      RunListener follower = listener.begins(number, cell);
      return CellOutcome.finished(cell, result(there, own, follower));
    } catch (HeldFolderException e) {
      return CellOutcome.held(cell, e.getReason());
    } catch (CollapsedException | DivergedException e) {
      return CellOutcome.failed(cell, e.getMessage());
    }
  }

  private RunResult result(CellFolder there, RunFolder own, RunListener listener)
      throws IOException {
    Cell cell = there.cell();
    Data shared = data.read(cell.options().data()).data();
    Model model = sources.model(cell.options(), shared);
    if (!RunFolder.holdsCheckpoint(own.path())) {
      return Experiment.run(model, shared, cell.options(), checkpointEvery, own, reports, listener);
    }
    ResumableRun run = ResumableRun.load(own, checkpointEvery);
    there.checkSame(run.options());
    String dir = cell.options().data().dir();
    return Experiment.resume(
        model, shared, dir == null ? run : run.withDataDir(dir), own, reports, listener);
  }
}
