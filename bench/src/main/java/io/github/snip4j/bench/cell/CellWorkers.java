package io.github.snip4j.bench.cell;

import java.io.IOException;
import java.util.List;

/** Who runs the cells of a sweep: this program, or other machines. */
@FunctionalInterface
public interface CellWorkers {
  /**
   * Runs all that is not finished; results and errors as {@link CellRunner#run}.
   *
   * @param runner knows where the cells are, and what they need
   */
  List<CellOutcome> run(CellRunner runner, List<Cell> cells, CellListener listener)
      throws IOException;

  /**
   * This program.
   *
   * @param jobs how many cells at a time
   */
  static CellWorkers here(int jobs) {
    return (runner, cells, listener) -> runner.run(cells, jobs, listener);
  }

  /**
   * Other machines.
   *
   * @param master which, as for {@link CellCluster#run}
   */
  static CellWorkers on(String master, CellCluster cluster) {
    return (runner, cells, listener) -> runner.runOn(master, cluster, cells, listener);
  }
}
