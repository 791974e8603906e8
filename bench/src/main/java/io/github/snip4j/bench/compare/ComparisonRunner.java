package io.github.snip4j.bench.compare;

import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.snip.diagnosis.CollapsedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one cell of a comparison after the other, each in a folder of its own. What is finished is
 * not run again, and what was interrupted goes on, so a comparison is resumed by starting it again.
 */
public final class ComparisonRunner {
  private static final Object OUT = OptionException.field("out");

  private final Model model;
  private final Data data;
  private final Path root;
  private final @Nullable Integer checkpointEvery;
  private final ComparisonReports reports;
  private @Nullable String dataSha256;

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
    this.model = model;
    this.data = data;
    this.root = root;
    this.checkpointEvery = checkpointEvery;
    this.reports = reports;
  }

  /** When a run was finished. */
  public enum Finished {
    /** By this program. */
    NOW,
    /** By an earlier one, on the same data. */
    BEFORE,
    /** By an earlier one that did not record its data, which therefore cannot be compared. */
    BEFORE_ON_UNKNOWN_DATA
  }

  /** Somebody who watches. */
  public interface Observer {
    /**
     * A run begins or goes on.
     *
     * @param number from 1
     * @return watches it
     */
    Experiment.Observer begins(int number, RunOptions options);

    /**
     * A run is done.
     *
     * @param when it was finished
     */
    void done(int number, Comparison.Cell cell, Finished when);

    /** The page for people could not be made; the numbers are written. */
    void noPage(Path page, Throwable why);
  }

  /**
   * Runs all that is not finished. A run whose layers collapse, or that diverges, has no result;
   * the others are run all the same.
   *
   * @param runs their options
   * @throws OptionException if a folder holds a run with other options or on other data, or is a
   *     single run's
   * @throws IOException if data cannot be read or results not be written
   */
  public Comparison run(List<RunOptions> runs, Observer observer) throws IOException {
    if (RunFolder.isOfRun(root)) {
      throw new OptionException("%s: is the folder of a single run: choose another %s", root, OUT);
    }
    for (RunOptions options : runs) {
      finished(options); // what contradicts is found before the work
    }
    try (RunFolder folder = RunFolder.open(root)) {
      return runIn(folder, runs, observer);
    }
  }

  private Comparison runIn(RunFolder folder, List<RunOptions> runs, Observer observer)
      throws IOException {
    List<Comparison.Cell> cells = new ArrayList<>();
    Comparison comparison = Comparison.of(runs.get(0), cells);
    for (RunOptions options : runs) {
      int number = cells.size() + 1;
      RunResult result = finished(options);
      Comparison.Cell cell =
          result != null
              ? Comparison.Cell.of(options, name(options), result)
              : cell(options, observer.begins(number, options));
      cells.add(cell);
      Comparison soFar = Comparison.of(runs.get(0), cells);
      comparison =
          folder.write(
              () -> {
                soFar.write(file(root));
                return soFar;
              });
      observer.done(number, cell, when(result));
    }
    page(folder, comparison, observer);
    return comparison;
  }

  private static Finished when(@Nullable RunResult before) {
    return before == null
        ? Finished.NOW
        : before.dataSha256() == null ? Finished.BEFORE_ON_UNKNOWN_DATA : Finished.BEFORE;
  }

  private void page(RunFolder folder, Comparison comparison, Observer observer) {
    try {
      reports.write(comparison, folder);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      observer.noPage(folder.report(), e);
    }
  }

  /** Where the comparison is written; a page for people, report.html, is beside it. */
  public static Path file(Path root) {
    return root.resolve("compare.json");
  }

  private static String name(RunOptions options) {
    return options.scoring().criterion() + "-" + options.sparsity() + "-" + options.seed();
  }

  /** The result of a run that is finished; null if it is not. */
  private @Nullable RunResult finished(RunOptions options) throws IOException {
    Path folder = root.resolve(name(options));
    Path file = folder.resolve("result.json");
    if (!Files.exists(file) || RunFolder.holdsCheckpoint(folder)) {
      return null;
    }
    RunResult result = RunResult.read(file);
    checkSame(folder, options, result.options());
    String sha256 = result.dataSha256();
    if (sha256 != null && !sha256.equals(dataSha256(options))) {
      throw new OptionException(
          "%s: is of other data than the %s that is here now, and cannot be compared with it:"
              + " choose another %s",
          file, data.name(), OUT);
    }
    return result;
  }

  /** The digest of the data, which are read for it once, and only where a run is finished. */
  private String dataSha256(RunOptions options) throws IOException {
    String known = dataSha256;
    if (known == null) {
      known = data.read(options.data()).sha256();
      dataSha256 = known;
    }
    return known;
  }

  private Comparison.Cell cell(RunOptions options, Experiment.Observer watching)
      throws IOException {
    try (RunFolder folder = RunFolder.open(root.resolve(name(options)))) {
      return Comparison.Cell.of(options, name(options), result(options, folder, watching));
    } catch (CollapsedException | DivergedException e) {
      return Comparison.Cell.failed(options, name(options), String.valueOf(e.getMessage()));
    }
  }

  private RunResult result(RunOptions options, RunFolder folder, Experiment.Observer watching)
      throws IOException {
    if (!RunFolder.holdsCheckpoint(folder.path())) {
      return Experiment.run(model, data, options, checkpointEvery, folder, reports, watching);
    }
    ResumableRun run = ResumableRun.load(folder, checkpointEvery);
    checkSame(folder.path(), options, run.options());
    String dir = options.data().dir();
    return Experiment.resume(
        model, data, dir == null ? run : run.withDataDir(dir), folder, reports, watching);
  }

  /** The data may be elsewhere; everything else must be as it was. */
  private static void checkSame(Path folder, RunOptions asked, RunOptions there) {
    RunOptions moved = there.withData(there.data().at(asked.data().dir()));
    if (!moved.equals(asked)) {
      throw new OptionException(
          "%s holds a run with other options: choose another %s", folder, OUT);
    }
  }
}
