package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Follows the cells of a sweep. */
public interface CellListener {
  /**
   * A cell begins, or goes on where it was interrupted. Called on the thread that runs it.
   *
   * @param number from 1, in the order of the list
   * @return who follows its run; called on the same thread
   */
  RunListener begins(int number, Cell cell);

  /**
   * A cell has ended, also one that was finished before and did not begin now. Called for one cell
   * at a time.
   *
   * @param number from 1, in the order of the list
   * @throws IOException if what follows from it cannot be written; the sweep ends then
   */
  void ended(int number, CellOutcome outcome) throws IOException;

  /**
   * The page of the whole sweep could not be made; the numbers are written.
   *
   * @param page where it should have gone
   */
  default void noPage(Path page, Throwable why) {}

  /** One listener for all cells and all that happens in them, where they run one by one. */
  static CellListener all(RunListener listener) {
    return new CellListener() {
      @Override
      public RunListener begins(int number, Cell cell) {
        listener.begins(number, cell.options());
        return listener;
      }

      @Override
      public void noPage(Path page, Throwable why) {
        listener.noPage(page, why);
      }

      @Override
      public void ended(int number, CellOutcome outcome) {
        RunResult result = outcome.result();
        if (result == null) {
          String why = Objects.requireNonNull(outcome.failure());
          listener.failed(number, outcome.cell().options(), why);
        } else {
          boolean before = outcome.kind() == CellOutcome.Kind.FINISHED_BEFORE;
          listener.done(number, result, before);
        }
      }
    };
  }
}
