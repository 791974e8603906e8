package io.github.snip4j.bench.spark;

import com.google.gson.JsonParser;
import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellListener;
import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.cell.CellRunner;
import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.bench.story.ReportFiles;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cell, as it travels to the program that runs it.
 *
 * @param number of the cell in its sweep
 * @param name of its folder
 * @param options as text, as results record them
 * @param root the whole path of the folder below which it has its own
 * @param checkpointEvery as for {@link CellRunner}
 */
record CellTask(
    int number, String name, String options, String root, @Nullable Integer checkpointEvery)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** How long a program that is given up by Spark may take to end, and to let go of its folder. */
  private static final int PATIENCE_SECONDS = 60;

  static CellTask of(int number, Cell cell, Path root, @Nullable Integer checkpointEvery) {
    RunOptions found = cell.options().withData(cell.options().data().found());
    String whole = root.toAbsolutePath().normalize().toString();
    return new CellTask(number, cell.name(), Json.write(found), whole, checkpointEvery);
  }

  /**
   * How it ended.
   *
   * @param kind null if it cannot be run with what there is, however often it is tried
   * @param why there is no result; null if there is one
   */
  record End(int number, CellOutcome.@Nullable Kind kind, @Nullable String why)
      implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /**
   * Runs it here, or goes on where it was interrupted.
   *
   * @throws IOException if a file cannot be read or written: another try may succeed
   */
  End run() throws IOException, InterruptedException {
    try {
      RunOptions run = Json.read(JsonParser.parseString(options), RunOptions.class);
      List<Cell> cells = List.of(new Cell(name, run));
      CellRunner runner =
          new CellRunner(Path.of(root), new NamedSources(), checkpointEvery, new ReportFiles());
      CellOutcome outcome = run(runner, cells);
      for (int i = 0; outcome.kind() == CellOutcome.Kind.HELD && i < PATIENCE_SECONDS; i++) {
        Thread.sleep(1000);
        outcome = run(runner, cells);
      }
      return new End(number, outcome.kind(), outcome.failure());
    } catch (UserError | IllegalArgumentException | BadFileException e) {
      return new End(number, null, e.getMessage());
    }
  }

  private static CellOutcome run(CellRunner runner, List<Cell> one) throws IOException {
    CellListener nobody = CellListener.all(new RunListener() {});
    return Parallel.withOwnThreads(Parallel.threads(), () -> runner.run(one, 1, nobody)).get(0);
  }
}
