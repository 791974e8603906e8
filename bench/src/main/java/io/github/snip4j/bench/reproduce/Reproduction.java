package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellListener;
import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.cell.CellRunner;
import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.cell.CellWorkers;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.report.Picture;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.datasets.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes a study: its runs below a folder of its name, and its page.
 *
 * @param budget how long networks are trained
 * @param seeds of each row
 * @param options turns the words of {@code snip4j run} into options
 * @param dataDir where datasets are; empty for the usual place
 */
public record Reproduction(
    Budget budget,
    List<Long> seeds,
    Function<List<String>, RunOptions> options,
    String dataDir,
    CellSources sources) {
  /**
   * A cell, and the row that it belongs to.
   *
   * @param words its options of {@code snip4j run}
   */
  public record Planned(Row row, List<String> words, Cell cell) {}

  /**
   * The runs of a study: the first seed of each row, then the second.
   *
   * @param chosen which rows
   * @throws OptionException if the budget is too small for one of them
   */
  public List<Planned> plan(Study study, Predicate<Row> chosen) {
    List<Planned> all = new ArrayList<>();
    for (long seed : seeds) {
      for (Row row : study.rows().stream().filter(chosen).toList()) {
        List<String> words = new ArrayList<>(row.run(budget, seed));
        if (!dataDir.isEmpty()) {
          words.addAll(List.of("--data-dir", dataDir));
        }
        String name = study.name() + "/" + row.id() + "-" + seed;
        all.add(new Planned(row, words, new Cell(name, options(row, words))));
      }
    }
    return all;
  }

  private RunOptions options(Row row, List<String> words) {
    try {
      return options.apply(words);
    } catch (OptionException e) {
      throw new OptionException(
          "row %s with %s %s: %s",
          row.id(),
          OptionException.field("budget"),
          budget.on(row.data()).name(),
          String.valueOf(e.getMessage()));
    }
  }

  /**
   * How long each of some runs takes here, in seconds, measured by a few steps of each row.
   *
   * @throws IOException if data cannot be read
   */
  public List<Double> seconds(List<Planned> runs) throws IOException {
    RunLength length = new RunLength(sources);
    List<Double> seconds = new ArrayList<>();
    for (Planned run : runs) {
      seconds.add(length.seconds(run.row(), run.cell()));
    }
    return seconds;
  }

  /**
   * Runs what is not finished.
   *
   * @param runs those of one study or of several
   * @param workers who runs them
   * @return what came of each row, in the order in which they are first planned
   */
  public Map<Row, RowOutcome> run(
      List<Planned> runs, CellRunner runner, CellWorkers workers, CellListener listener)
      throws IOException {
    List<CellOutcome> outcomes =
        workers.run(runner, runs.stream().map(Planned::cell).toList(), listener);
    String made = MadeBy.here();
    Map<Row, RowOutcome> rows = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      Row row = runs.get(i).row();
      RowOutcome known = rows.computeIfAbsent(row, this::nothing);
      RunResult result = outcomes.get(i).result();
      if (result == null) {
        known.failures().add(String.valueOf(outcomes.get(i).failure()));
      } else {
        known.results().add(result);
        known.runs().add(PublishedRuns.of(row, row.command(budget, 1), result, made));
      }
    }
    return rows;
  }

  /** What is known of a row of which nothing is finished. */
  public RowOutcome nothing(Row row) {
    return new RowOutcome(
        row, seeds.size(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * The page of a study.
   *
   * @param outcomes of rows, and perhaps of other studies'
   * @param published what stays on the page where it is not run here
   * @param note what its maker says of it; empty for what is published, if anything is
   */
  public StudyPage page(
      Study study, Map<Row, RowOutcome> outcomes, PublishedStudy published, String note)
      throws IOException {
    List<RowOutcome> own = new ArrayList<>();
    for (Row row : study.rows()) {
      RowOutcome outcome = published.with(outcomes.getOrDefault(row, nothing(row)));
      if (outcomes.containsKey(row) || outcome.seeds() > 0) {
        own.add(outcome);
      }
    }
    Map<String, Picture> sheets = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    Study.MaskGrid grid = study.masks();
    if (grid != null) {
      for (String dataset : grid.datasets()) {
        DataSpec spec = MaskSheets.spec(dataset, dataDir, grid.inverted());
        if (isMissing(spec)) {
          missing.add(dataset);
        } else {
          Pictures pictures = sources.data(spec).read(spec);
          sheets.put(dataset, new MaskSheets(pictures, spec).sheet(grid.kind()));
        }
      }
    }
    List<String> made =
        own.isEmpty()
            ? List.of("Seed 1; made by " + MadeBy.version() + ".")
            : MadeBy.sentences(budget.among(datasets(own)), own);
    return new StudyPage(
        study, budget, own, sheets, missing, made, note.isEmpty() ? published.note() : note);
  }

  private static Set<String> datasets(List<RowOutcome> outcomes) {
    return outcomes.stream().map(outcome -> outcome.row().data()).collect(Collectors.toSet());
  }

  /** Whether a dataset is to be fetched first. */
  public boolean isMissing(DataSpec spec) throws IOException {
    Data data = sources.data(spec);
    return data.download() != null
        && data.find(dataDir.isEmpty() ? null : Path.of(dataDir)) == null;
  }
}
