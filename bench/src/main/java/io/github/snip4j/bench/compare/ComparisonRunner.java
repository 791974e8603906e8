package io.github.snip4j.bench.compare;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
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

  /**
   * Runs all that is not finished. A run whose layers collapse, or that diverges, has no result;
   * the others are run all the same.
   *
   * @param runs their options
   * @throws OptionException if a folder holds a run with other options or on other data, or is a
   *     single run's
   * @throws IOException if data cannot be read or results not be written
   */
  public Comparison run(List<RunOptions> runs, RunListener listener) throws IOException {
    if (RunFolder.isOfRun(root)) {
      throw new OptionException("%s: is the folder of a single run: choose another %s", root, OUT);
    }
    for (RunOptions options : runs) {
      finished(options); // what contradicts is found before the work
    }
    try (RunFolder folder = RunFolder.open(root)) {
      return runIn(folder, runs, listener);
    }
  }

  private Comparison runIn(RunFolder folder, List<RunOptions> runs, RunListener listener)
      throws IOException {
    List<Comparison.Cell> cells = new ArrayList<>();
    Comparison comparison = Comparison.of(runs.get(0), cells);
    for (RunOptions options : runs) {
      int number = cells.size() + 1;
      RunResult before = finished(options);
      RunResult result = before;
      String failure = "";
      if (before == null) {
        listener.begins(number, options);
        try (RunFolder own = RunFolder.open(root.resolve(name(options)))) {
          result = result(options, own, listener);
        } catch (CollapsedException | DivergedException e) {
          failure = String.valueOf(e.getMessage());
        }
      }
      cells.add(
          result == null
              ? Comparison.Cell.failed(options, name(options), failure)
              : Comparison.Cell.of(options, name(options), result));
      Comparison soFar = Comparison.of(runs.get(0), cells);
      comparison =
          folder.write(
              () -> {
                soFar.write(file(root));
                return soFar;
              });
      if (result == null) {
        listener.failed(number, options, failure);
      } else {
        listener.done(number, result, before != null);
      }
    }
    page(folder, comparison, listener);
    return comparison;
  }

  private void page(RunFolder folder, Comparison comparison, RunListener listener) {
    try {
      reports.write(comparison, folder);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      listener.noPage(folder.report(), e);
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
          file, DataSpec.title(data.name()), OUT);
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

  private RunResult result(RunOptions options, RunFolder folder, RunListener listener)
      throws IOException {
    if (!RunFolder.holdsCheckpoint(folder.path())) {
      return Experiment.run(model, data, options, checkpointEvery, folder, reports, listener);
    }
    ResumableRun run = ResumableRun.load(folder, checkpointEvery);
    checkSame(folder.path(), options, run.options());
    String dir = options.data().dir();
    return Experiment.resume(
        model, data, dir == null ? run : run.withDataDir(dir), folder, reports, listener);
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
