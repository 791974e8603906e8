package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellCluster;
import io.github.snip4j.bench.cell.CellWorkers;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cells of a sweep are run here, and how many at a time. */
public final class SweepOptions {
  private static final Pattern PART = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many cells (one run each) to run at a time, each on its share of --threads, to the"
              + " same bits: small networks are done sooner so. Times and heap in the results are"
              + " then those of a machine that does other things too (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--cells",
      paramLabel = "I/N",
      description =
          "Run only every N-th cell, beginning with the I-th, so that N machines share them; without"
              + " this option the same command then collects what is there (default: all).")
  private @Nullable String cells;

  @Option(
      names = "--list",
      description =
          "Run nothing, and print the cells: a line for each, the command that runs it into its"
              + " folder (default: off).")
  public boolean list;

  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description =
          "Run the cells on a Spark cluster that sees the same folders, as in spark://host:7077 or"
              + " local-cluster[2,1,1024]; needs a build with Spark, which is not the usual one"
              + " (default: here).")
  private @Nullable String on;

  /**
   * How many at a time.
   *
   * @throws UserError if that is out of range
   */
  public int jobs() {
    if (jobs < 1 || jobs > 1024) {
      throw new UserError("--jobs " + jobs + ": expected 1 to 1024");
    }
    return jobs;
  }

  /**
   * Who runs them.
   *
   * @throws UserError if that is a cluster, and this build has none
   */
  public CellWorkers workers() {
    String master = on;
    if (master == null) {
      return CellWorkers.here(jobs());
    }
    if (jobs() > 1) {
      throw new UserError(
          "--jobs " + jobs + " does not go with --on: Spark says how many cells run at a time");
    }
    CellCluster cluster =
        ServiceLoader.load(CellCluster.class).findFirst().orElseThrow(() -> notBuiltIn(master));
    return CellWorkers.on(master, cluster);
  }

  /** What to say where there is no cluster in this build. */
  static UserError notBuiltIn(String master) {
    return new UserError(
        "--on "
            + master
            + ": Spark is not built in: build it with 'mvn -q -Pspark -DskipTests package' in the"
            + " clone, and start ./snip4j again");
  }

  /** Whether others may run other cells. */
  public boolean isPart() {
    return cells != null;
  }

  /**
   * The cells that are asked for.
   *
   * @throws UserError if it cannot be said which
   */
  public List<Cell> of(List<Cell> all) {
    if (cells == null) {
      return all;
    }
    Matcher part = PART.matcher(cells);
    int number = part.matches() ? Integer.parseInt(part.group(1)) : 0;
    int of = part.matches() ? Integer.parseInt(part.group(2)) : 0;
    if (number < 1 || number > of) {
      throw new UserError(
          "--cells " + cells + ": expected I/N with I from 1 to N, as in 2/5, the second of five");
    }
    return Cell.part(all, number, of);
  }
}
