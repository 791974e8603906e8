package io.github.snip4j.bench.cell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Other machines that run cells. They see the same files under the same names. A build that has one
 * names it as a service.
 */
public interface CellCluster {
  /** How a cell ended there. */
  @FunctionalInterface
  interface Follower {
    /**
     * Called for one cell at a time, and once for each.
     *
     * @param number of the cell
     * @param failure why there is no result, in a sentence; null if there is one
     * @throws IOException if what follows from it cannot be written; nothing more is run then
     */
    void ended(int number, CellOutcome.Kind kind, @Nullable String failure) throws IOException;
  }

  /**
   * Runs each cell as a {@link CellRunner} would, and returns when all have ended.
   *
   * @param master which machines, in the words of the cluster
   * @param root the folder below which each cell has its own
   * @param checkpointEvery as for {@link CellRunner}
   * @param cells by their numbers
   * @throws ClusterException if the machines cannot be had, or a cell failed there again and again
   * @throws IOException what the follower threw
   */
  void run(
      String master,
      Path root,
      @Nullable Integer checkpointEvery,
      SortedMap<Integer, Cell> cells,
      Follower follower)
      throws IOException;
}
